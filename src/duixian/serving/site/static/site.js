"use strict";
// Works without this file; it only makes forms answer at once and adds keys: "/" search, "[" and "]" previous and next page.
document.querySelectorAll("form.controls select").forEach((s) => s.addEventListener("change", () => s.form.requestSubmit()));
document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) return;
  if (e.key === "/") { e.preventDefault(); document.querySelector("header input[type=search]").focus(); }
  if (e.key === "[" || e.key === "]") { const a = document.querySelector(e.key === "[" ? "a[rel=prev]" : "a[rel=next]"); if (a) a.click(); }
});
