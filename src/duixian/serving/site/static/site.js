"use strict";
// Works without this file; it only makes forms answer at once, adds keys ("/" search, "[" and "]" previous and next page),
// shows a figure's sentence on a card, and copies citations.
// A choice by pointer is sent at once; by keys only with Enter, so that the arrow keys can walk a long menu.
document.querySelectorAll("form.controls select").forEach((s) => {
  let keys = false;
  s.addEventListener("pointerdown", () => { keys = false; });
  s.addEventListener("keydown", (e) => { if (e.key === "Enter") { e.preventDefault(); s.form.requestSubmit(); } else keys = true; });
  s.addEventListener("change", () => { if (!keys) s.form.requestSubmit(); });
});
document.querySelectorAll("input.narrow").forEach((box) => {
  box.hidden = false;
  const list = document.getElementById(box.dataset.list);
  box.addEventListener("keydown", (e) => { if (e.key === "Enter") e.preventDefault(); });
  box.addEventListener("input", () => {
    const words = box.value.trim().toLowerCase();
    list.querySelectorAll("label").forEach((l) => { l.hidden = words !== "" && !l.textContent.toLowerCase().includes(words); });
    list.querySelectorAll("fieldset").forEach((f) => { f.hidden = !f.querySelector("label:not([hidden])"); });
  });
});
document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) return;
  if (e.key === "/") { e.preventDefault(); document.querySelector("header input[type=search]").focus(); }
  if (e.key === "[" || e.key === "]") { const a = document.querySelector(e.key === "[" ? "a[rel=prev]" : "a[rel=next]"); if (a) a.click(); }
});

document.querySelectorAll("button.copy").forEach((b) => {
  b.hidden = false;
  b.addEventListener("click", async () => {
    const text = b.dataset.copy;
    try { await navigator.clipboard.writeText(text); } catch {
      const area = document.createElement("textarea"); area.value = text; document.body.append(area); area.select(); document.execCommand("copy"); area.remove();
    }
    b.textContent = b.dataset.done; b.setAttribute("aria-live", "polite");
  });
});
const card = document.createElement("div");
card.className = "card"; card.hidden = true; card.setAttribute("role", "tooltip"); card.id = "card"; document.body.append(card);
const show = (a) => {
  if (a.title) { a.dataset.told = a.title; a.removeAttribute("title"); }
  if (!a.dataset.told) return;
  card.textContent = a.dataset.told; card.hidden = false; a.setAttribute("aria-describedby", "card");
  const r = a.getBoundingClientRect(), w = card.getBoundingClientRect();
  card.style.left = `${Math.max(8, Math.min(r.left, document.documentElement.clientWidth - w.width - 8)) + scrollX}px`;
  card.style.top = `${(r.bottom + w.height + 8 < innerHeight ? r.bottom + 4 : r.top - w.height - 4) + scrollY}px`;
};
const hide = () => { card.hidden = true; };
document.querySelectorAll("a.figure, a.fig").forEach((a) => {
  a.addEventListener("pointerenter", () => show(a)); a.addEventListener("focus", () => show(a));
  a.addEventListener("pointerleave", hide); a.addEventListener("blur", hide);
});
document.addEventListener("keydown", (e) => { if (e.key === "Escape") hide(); });
