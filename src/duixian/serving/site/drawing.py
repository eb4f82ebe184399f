"""Drawings as SVG files and PNG pictures, with the font that is shipped."""

from __future__ import annotations

from importlib.resources import as_file, files

from jinja2 import Environment

from duixian.serving.site.figures import STYLES, Figure

FONT_FILE = "NotoSansSC-subset.otf"
SCALE = 2  # pixels for each unit of a PNG


def as_svg(templates: Environment, figure: Figure) -> str:
    """A drawing as a file of its own."""
    return templates.get_template("figure.svg").render(figure=figure, styles=STYLES)


def as_png(templates: Environment, figure: Figure) -> bytes:
    """A drawing as a picture; its text is set in the shipped font, whatever the machine has."""
    import resvg_py

    with as_file(files("duixian.serving.site").joinpath("static").joinpath(FONT_FILE)) as font:
        drawn = resvg_py.svg_to_bytes(
            svg_string=as_svg(templates, figure),
            zoom=SCALE,
            background="#ffffff",
            skip_system_fonts=True,
            font_files=[str(font)],
            font_family="Noto Sans CJK SC",
            sans_serif_family="Noto Sans CJK SC",
        )
    return bytes(drawn)
