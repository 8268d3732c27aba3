"""What a heading looks like by its words alone, and lines that look like one and are none.

One notion for all who ask: readers of files, the structure of a report, its figures, the honesty report.
"""

from __future__ import annotations

import re

LONGEST_HEADING = 280
"""Characters."""

_FINAL = re.compile(r"[.!?:;,…][’”\"')\]]*$")
_BEGINNING = re.compile(r"[A-Z0-9‘“'\"(£]")
_PAGE_WORDS = re.compile(
    r"(?:back|return|go) to (?:the )?(?:top|contents|start)(?: of (?:the |this )?page)?|top of (?:the )?page|"
    r"(?:skip|jump) to (?:the )?(?:main )?(?:content|navigation|search)|"
    r"(?:print|share|email|save|download|view|get)(?: (?:this|the|a|full|pdf))*"
    r"(?: (?:page|document|report|publication|article|version|pdf|copy))+"
    r"(?: (?:as|in|on|by|via|with) .{1,30})?(?: ?\(.{1,40}\))?|"
    r"(?:print|share|email|save|download|view) this|share on .{1,20}|"
    r"(?:next|previous) (?:page|section|chapter)|[↑↩▲^]+|"
    r"(?:show|hide|expand|collapse|open|close)(?: all sections?| all| sections?)",
    re.IGNORECASE,
)
_AROUND_NEWS = re.compile(
    r"(?:hide|close|skip|report(?: this)?) ads?|ads?|advert(?:s|isement|isements|isement feature)?|"
    r"sponsored(?: content| links)?|promoted(?: stories| content)?|trending(?: now)?|"
    r"(?:story|article) continues (?:below|after)\b.*|"
    r"(?:related|recommended) (?:articles?|stories|topics|reading|content|links|news)|"
    r"most (?:read|popular|viewed|shared)(?: stories| articles| news)?|"
    r"(?:join|get|sign up (?:for|to)|subscribe to)\b.{0,60}\b(?:newsletters?|alerts)\b.{0,40}|"
    r"(?:\d+ )?comments?(?: \(\d+\))?|\d+ min(?:ute)?s? read|copy link|listen to this article|loading",
    re.IGNORECASE,
)
"""What news sites put around and between the paragraphs of an article."""
_OF_LINKS = re.compile(
    r"top|next|previous|show|hide|expand|collapse|open|close|facebook|twitter|x|linkedin|whatsapp|"
    r"(?:print|share|email|save|download|view|get)"
    r"(?: (?:this|the|a|full|pdf|\(.{1,40}\)|(?:as|in|on|by|via|with) .{1,30}))*|share .{1,20}",
    re.IGNORECASE,
)
"""Words of which only a link shows that they serve the page."""
_LINK_LINE = re.compile(
    r"(?:read|see|view|get|find|watch|visit|explore|browse|download|print|share|open|contact|follow|search|"
    r"listen to|sign up (?:for|to)|subscribe to|go to|continue to)\b(?: (?:out|also))*"
    r" (?:the|this|these|our|your|a|an|all|more|about|how|what|us|full|pdf|related|latest|other)\b.*|"
    r"(?:contact|visit|follow) (?-i:[A-Z]).*|(?:read|see|find out) (?:more|also)\b.*|"
    r"(?:back|return|go) to (?:the )?(?:list|index|main|home|start|search|results|previous|all)\b.*|"
    r"more (?:about|on|information|from) .*",
    re.IGNORECASE,
)
_COOKIES = re.compile(
    r"(?:accept|reject|manage|allow|view|hide)\b.*\bcookies?\b.*|"
    r"cookies?(?: (?:on|policy|settings|preferences|notice|information)\b.*)?|"
    r".{0,40}\buses? (?:(?:some|essential|additional) )*cookies\b.*",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    r"\W*(?:page\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE
)
_CAPTION = re.compile(
    r"(?:figure|table|chart|graph|map|diagram|infographic|exhibit|photo(?:graph)?|image)\s+"
    r"(?:[A-Z]|\d{1,2}(?:\.\d{1,2})?[a-z]?)(?:\s*(?:[:.–—|-]|\t)\s*\S.*|\s+(?-i:[A-Z0-9‘“(]).*)?|"
    r"(?:source|data source|notes?)s?\s*:.*",
    re.IGNORECASE,
)


def is_open(text: str) -> bool:
    """Whether a line ends without final punctuation, as headings do.

    >>> is_open("Investigating crime"), is_open("It investigates crime.")
    (True, False)
    """
    return _FINAL.search(text) is None


def looks_like_heading(text: str) -> bool:
    """Whether a line has the form of a heading: it begins like one, ends open, and is not too long.

    Captions, link lines and what serves the page have that form too, and are none.

    >>> looks_like_heading("The force answers calls quickly"), looks_like_heading("Back to top")
    (True, False)
    >>> looks_like_heading("Figure 1: Calls answered within ten seconds")
    False
    """
    formed = _BEGINNING.match(text) is not None and is_open(text) and len(text) <= LONGEST_HEADING
    return formed and not is_caption(text) and not is_furniture(text)


def is_caption(text: str) -> bool:
    """Whether a line names a figure or table, or says where one comes from.

    >>> is_caption("Table 2 – Grades of the force"), is_caption("Figure 2 shows that crime fell")
    (True, False)
    """
    return _CAPTION.fullmatch(text) is not None


def is_page_words(text: str) -> bool:
    """Whether the text of a link serves the page ("Back to top", "Share this page"), not the report.

    >>> is_page_words("Back to top"), is_page_words("Top grades were rare")
    (True, False)
    """
    return _PAGE_WORDS.fullmatch(text) is not None or _OF_LINKS.fullmatch(text) is not None


def is_furniture(text: str) -> bool:
    """Whether a line serves the page and not the report: a link, a notice of cookies, a page number.

    >>> is_furniture("View the five questions for effectiveness"), is_furniture("Views of the public")
    (True, False)
    """
    line = text.strip(" \t»›>→•·")
    forms = (_PAGE_WORDS, _AROUND_NEWS, _LINK_LINE, _COOKIES, _PAGE_NUMBER)
    return is_open(line) and any(form.fullmatch(line) for form in forms)


_ENTRY = re.compile(r"\s*(?P<title>[A-Z‘“(][^.!?;\d]{2,110}?)\s+(?P<page>\d{1,3})(?=\s+[A-Z‘“(]|\s*$)")
_FEWEST_ENTRIES, _FEWEST_BARE = 4, 6


def contents_pages(line: str) -> list[tuple[int, int]]:
    """Where the page numbers of a contents list stand that an extractor has put into one line.

    Its entries are titles with a number each that never falls: four behind the word "Contents", or six.

    >>> line = "Contents Summary 3 Effectiveness 8 Investigating crime 16 Annex A 55 This report has parts."
    >>> [line[start:end] for start, end in contents_pages(line)]
    ['3', '8', '16', '55']
    >>> contents_pages("In 2019 it had Burglary 12 Robbery 15 and Theft 20 records.")
    []
    """
    head = re.search(r"\bContents\s+(?=[A-Z‘“(])", line)
    pages: list[tuple[int, int]] = []
    at, last = (head.end() if head else 0), 0
    while (entry := _ENTRY.match(line, at)) and int(entry["page"]) >= last:
        pages.append(entry.span("page"))
        at, last = entry.end(), int(entry["page"])
    return pages if len(pages) >= (_FEWEST_ENTRIES if head else _FEWEST_BARE) else []
