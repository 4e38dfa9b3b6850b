"""What a PDF says of itself: title, moment of making, language, colours and the standard it keeps."""

import re
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, BooleanObject, NumberObject, PdfObject, TextStringObject

from dms.printing.colour_profile import SRGB_NAME, srgb_profile
from dms.printing.pdf_objects import add, deflated, dictionary, name, stream

_PRODUCER = "Anjuan"
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PDFA = "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{moment}</xmp:CreateDate>
<xmp:ModifyDate>{moment}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
{pdfa}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def state_facts(writer: PdfWriter, *, title: str, made_at: datetime, archival: bool) -> None:
    """Writes title and moment (Info and XMP say the same), the language, and the meaning of the colours.

    `archival` claims PDF/A-2b (ISO 19005-2); only for a document whose every part keeps to it.
    """
    plain_title = _NOT_IN_XML.sub("\ufffd", title)
    moment = made_at.astimezone(UTC)
    _state_info(writer, plain_title, moment)
    root = writer.root_object
    root[name("Metadata")] = add(
        writer,
        stream(
            _xmp(plain_title, moment, _PDFA if archival else ""), {"Type": name("Metadata"), "Subtype": name("XML")}
        ),
    )
    root[name("Lang")] = TextStringObject("zh-CN")
    root[name("ViewerPreferences")] = dictionary({"DisplayDocTitle": BooleanObject(True)})
    root[name("OutputIntents")] = ArrayObject([add(writer, dictionary(_output_intent(writer)))])


def _state_info(writer: PdfWriter, title: str, moment: datetime) -> None:
    pdf_moment = f"D:{moment:%Y%m%d%H%M%S}+00'00'"
    writer.metadata = {
        "/Title": title,
        "/Producer": _PRODUCER,
        "/CreationDate": pdf_moment,
        "/ModDate": pdf_moment,
    }


def _xmp(title: str, moment: datetime, pdfa: str) -> bytes:
    said = f"{moment:%Y-%m-%dT%H:%M:%S}+00:00"
    return _XMP.format(title=escape(title), moment=said, producer=_PRODUCER, pdfa=pdfa).encode()


def _output_intent(writer: PdfWriter) -> dict[str, PdfObject]:
    return {
        "Type": name("OutputIntent"),
        "S": name("GTS_PDFA1"),
        "OutputConditionIdentifier": TextStringObject(SRGB_NAME),
        "Info": TextStringObject(SRGB_NAME),
        "DestOutputProfile": add(writer, deflated(srgb_profile(), {"N": NumberObject(3)})),
    }
