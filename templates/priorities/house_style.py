"""The look of this kit's Word masters: A4, Arial, British English, one accent colour that lives in the theme.

Styles are Word's own where it has one of that name, so that an officer finds them in the gallery.
"""

from pipeline.ooxml.names import A

ACCENT, TINT, LINE, PROMPT = "1D4F5C", "E9F0F1", "7A8A8D", "595959"
"""A dark teal, its tint behind labels, the lines of tables (3:1 on white) and prompts (7:1)."""
WIDTH = 9638
"""Of the text, in twentieths of a point: A4 with margins of 2 cm."""


def _spacing(before: int, after: int, line: int = 0, rule: str = "auto") -> str:
    """Return space around a paragraph, in twentieths of a point; `line` in 240ths of a line, or twentieths of a point where exact."""
    height = f' w:line="{line}" w:lineRule="{rule}"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{height}/>'


def _size(points: float) -> str:
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def _style(kind: str, name: str, title: str, base: str = "", layout: str = "", dress: str = "", after: str = "") -> str:
    """Return a style; one without a base is the default of its kind."""
    default = "" if base else ' w:default="1"'
    return (
        f'<w:style w:type="{kind}"{default} w:styleId="{name}"><w:name w:val="{title}"/>'
        + (f'<w:basedOn w:val="{base}"/>' if base else "")
        + (f'<w:next w:val="{after}"/>' if after else "")
        + ("<w:qFormat/>" if title[0].isupper() and kind == "paragraph" else "")
        + (f"<w:pPr>{layout}</w:pPr>" if layout else "")
        + (f"<w:rPr>{dress}</w:rPr>" if dress else "")
    )


def _heading(level: int, before: int, after: int, points: float) -> str:
    layout = f'{_spacing(before, after)}<w:outlineLvl w:val="{level - 1}"/>'
    return _style("paragraph", f"Heading{level}", f"heading {level}", "Accent", layout, _size(points), "Normal") + _END


_END = "</w:style>"
_TIGHT = _spacing(0, 0, 240)
_RIGHT = f'<w:tabs><w:tab w:val="right" w:pos="{WIDTH}"/></w:tabs>'
_RULE = f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="6" w:color="{LINE}"/></w:pBdr>'
_GREY = f'<w:color w:val="{PROMPT}"/>'
_ACCENT = f'<w:b/><w:color w:val="{ACCENT}" w:themeColor="accent1"/>'
_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>' for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_MARGINS = "".join(f'<w:{edge} w:w="{width}" w:type="dxa"/>' for edge, width in {"top": 0, "left": 108, "bottom": 0, "right": 108}.items())
_SHADE = f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/></w:tcPr>'
_LABELS = "".join(f'<w:tblStylePr w:type="{part}">{_SHADE}</w:tblStylePr>' for part in ("firstRow", "firstCol"))
_DEFAULTS = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:eastAsia="Arial" w:hAnsi="Arial" w:cs="Arial"/>'
    f'{_size(11)}<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
)
STYLES = "".join(
    (
        _DEFAULTS,
        _style("paragraph", "Normal", "Normal", layout=_spacing(0, 140, 276)) + _END,
        _style("character", "DefaultParagraphFont", "Default Paragraph Font") + _END,
        _style("table", "TableNormal", "Normal Table"),
        f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>{_MARGINS}</w:tblCellMar></w:tblPr>{_END}',
        _style("numbering", "NoList", "No List") + _END,
        _style("paragraph", "Accent", "Accent", "Normal", "<w:keepNext/><w:keepLines/>", _ACCENT) + _END,
        _style("paragraph", "Title", "Title", "Accent", _spacing(0, 60), _size(22), "Subtitle") + _END,
        _style("paragraph", "Subtitle", "Subtitle", "Accent", _spacing(0, 240), '<w:b w:val="0"/>' + _size(13), "Normal") + _END,
        _heading(1, 320, 120, 15),
        _heading(2, 0, 140, 15),
        _heading(3, 260, 100, 12),
        _style("paragraph", "ListNumber", "List Number", "Normal", '<w:numPr><w:numId w:val="1"/></w:numPr>' + _spacing(0, 80)) + _END,
        _style("paragraph", "TableText", "Table text", "Normal", _spacing(50, 50, 240)) + _END,
        _style("paragraph", "TableLabel", "Table label", "TableText", dress="<w:b/>") + _END,
        _style("paragraph", "CellEnd", "cell end", "TableText", _spacing(0, 0, 20, "exact"), _size(1)) + _END,
        _style("paragraph", "Gap", "gap", "Normal", _spacing(0, 0, 200, "exact")) + _END,
        _style("paragraph", "Header", "header", "Normal", _RIGHT + _TIGHT, _GREY + _size(9)) + _END,
        _style("paragraph", "Footer", "footer", "Normal", _RULE + _RIGHT + _TIGHT, _size(9)) + _END,
        _style("character", "Strong", "Strong", "DefaultParagraphFont", dress="<w:b/>") + _END,
        _style("character", "PlaceholderText", "Placeholder Text", "DefaultParagraphFont", dress=_GREY) + _END,
        _style("table", "FormTable", "Form table", "TableNormal"),
        f"<w:tblPr><w:tblBorders>{_EDGES}</w:tblBorders></w:tblPr>{_LABELS}{_END}",
    )
)
"""The gallery: what is defined once here is changed once in Word. Names in lower case stay out of the gallery."""
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:pStyle w:val="ListNumber"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="425" w:hanging="425"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
)


def _theme() -> str:
    colours = {"dk1": "000000", "lt1": "FFFFFF", "dk2": ACCENT, "lt2": TINT, "accent1": ACCENT, "accent2": LINE, "accent3": "8A5A2B"}
    colours |= {"accent4": "5B6B2F", "accent5": "6B3F69", "accent6": "3B5B8C", "hlink": "0B4F9C", "folHlink": "5B3F8C"}
    scheme = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in colours.items())
    font = '<a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme xmlns:a="{A}" name="Proforma"><a:themeElements><a:clrScheme name="Proforma">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="Arial"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="Plain"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


THEME = _theme()
FONTS = (
    '<w:font w:name="Arial"><w:panose1 w:val="020B0604020202020204"/><w:charset w:val="00"/><w:family w:val="swiss"/>'
    '<w:pitch w:val="variable"/></w:font>'
)
