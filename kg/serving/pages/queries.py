"""What the pages ask: every SPARQL query of theirs.

A comment ``# VALUES ?name`` is where ``bound`` puts the IRI that a query is about; ``# WITH ?name:`` is as in
``with_values``. The words of ORDER BY are columns, so
that several queries can be sent as one (``source.ask_all``).
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.asking.sparql.parameters import with_values
from kg.asking.things.kinds import KINDS
from kg.asking.things.kinds import STATEMENTS as STATEMENT_KINDS
from kg.model.bodies import body_kinds
from kg.model.figure_slots import ONE_VALUE, asked
from kg.model.labels import LABELS
from kg.model.vocab import KG


def bound(query: str, **iris: str) -> str:
    """The query with variables bound to IRIs."""
    return with_values(query, {name: ox.NamedNode(iri) for name, iri in iris.items()})


def passages_at(report: str, places: Iterable[tuple[int, int]]) -> str:
    """Asks for the passages of a report in which some of these characters stand."""
    overlap = " || ".join(f"(?start < {end} && ?end > {start})" for start, end in places)
    return bound(PASSAGES, report=report).replace("\n} ORDER", f"\n  FILTER({overlap})\n}} ORDER")


def _classes(*words: str) -> str:
    """The classes of kinds of thing, as a VALUES block takes them."""
    return " ".join(f"<{KINDS[word].classes[0]}>" for word in words)


_STATEMENT_CLASSES = _classes(
    *(word for word in STATEMENT_KINDS if word not in ("figure", "passage", "report"))
)
_COMPANY = " ".join(
    f"<{cls}>"
    for cls in (
        *(kind.cls for kind in body_kinds()),
        *(label.cls for label in LABELS if label.is_tagged and label.name != "FORCE"),
        KG.Area,
    )
)
"""The classes of things that tell something when they are named in the same passage."""
_OF_A_BODY = ("operation", "unit", "body", "organisation", "programme", "system", "person")
"""The kinds of thing that the page of a body shows, besides what it owns."""


# --- any thing ---------------------------------------------------------------------------------------

_LABEL = "(skos:prefLabel|dct:title|kg:heading|kg:statement|rdfs:label)"
_QUOTE = """
  ?statement kg:evidence?/oa:hasSelector ?selector .
  ?selector oa:exact ?exact ; oa:start ?start ; oa:end ?end .
  OPTIONAL { ?selector oa:prefix ?prefix } OPTIONAL { ?selector oa:suffix ?suffix }
"""
_MAYBE_AT = """
  OPTIONAL { ?statement kg:evidence ?span OPTIONAL { ?span oa:hasSelector ?selector
    OPTIONAL { ?selector oa:start ?start } OPTIONAL { ?selector oa:end ?end }
    OPTIONAL { ?selector oa:exact ?exact } } }
"""
"""Where a statement stands, if anywhere. Each OPTIONAL has one pattern: a group of several is evaluated over
the whole store before it is joined."""
TYPES = """SELECT ?type (SAMPLE(?name) AS ?label) {
  # VALUES ?thing
  ?thing a ?type . OPTIONAL { ?type rdfs:label ?name }
} GROUP BY ?type ORDER BY ?type"""
OUTGOING = f"""SELECT ?property ?value (MIN(STR(?name)) AS ?label) {{
  # VALUES ?thing
  ?thing ?property ?value . OPTIONAL {{ ?value {_LABEL} ?name }}
}} GROUP BY ?property ?value ORDER BY ?property ?label ?value"""
INCOMING = f"""SELECT ?property ?value (MIN(STR(?name)) AS ?label) {{
  {{ SELECT ?property ?value {{
    # VALUES ?thing
    ?value ?property ?thing .
    FILTER(?property NOT IN (kg:refersTo, kg:inPassage, kg:evidence, kg:report))
    FILTER NOT EXISTS {{ ?value a kg:Passage }}
  }} ORDER BY ?property ?value LIMIT 501 }}
  OPTIONAL {{ ?value {_LABEL} ?name }}
}} GROUP BY ?property ?value ORDER BY ?property ?label ?value"""
EVIDENCE = f"""SELECT DISTINCT ?exact ?start ?end ?prefix ?suffix ?statement ?report {{
  # VALUES ?statement
  {_QUOTE}
  OPTIONAL {{ ?statement kg:report ?report }}
}} ORDER BY ?report ?start"""
MENTIONS_OF = f"""SELECT DISTINCT ?exact ?start ?end ?prefix ?suffix ?statement ?report {{
  # VALUES ?thing
  ?statement kg:refersTo ?thing ; kg:report ?report .
  {_QUOTE}
}} ORDER BY ?report ?start ?end LIMIT 101"""
SEARCH = """SELECT ?thing (MIN(STR(?label)) AS ?name) (MIN(?kind) AS ?type) {
  ?thing skos:prefLabel ?label . OPTIONAL {
    ?thing a ?class FILTER(STRSTARTS(STR(?class), STR(kg:))) BIND(STRAFTER(STR(?class), STR(kg:)) AS ?kind) }
  { SELECT DISTINCT ?thing {
    # VALUES ?words
    ?thing skos:prefLabel|skos:altLabel|skos:notation ?any .
    FILTER(CONTAINS(LCASE(STR(?any)), LCASE(?words))) } }
} GROUP BY ?thing ORDER BY LCASE(?name) ?thing LIMIT 201"""
DESCRIPTION = """CONSTRUCT { ?thing ?p ?o . ?o ?p2 ?o2 . ?o2 ?p3 ?o3 . ?from ?back ?thing } {
  {
    # VALUES ?thing
    ?thing ?p ?o .
    OPTIONAL { ?o ?p2 ?o2 FILTER(?p IN (kg:evidence, oa:hasSelector)) OPTIONAL {
      ?o2 ?p3 ?o3 FILTER(?p2 = oa:hasSelector) } }
  } UNION {
    SELECT ?thing ?from ?back {
      # VALUES ?thing
      ?from ?back ?thing FILTER(?back NOT IN (kg:refersTo, oa:hasBody, kg:inPassage, kg:report, oa:hasSource))
    } ORDER BY ?back ?from LIMIT 500
  }
}"""
"""What is said of a thing, its words, and at most 500 links to it, but for mentions and parts of a report."""
GRAPH = "CONSTRUCT { ?s ?p ?o } {\n # VALUES ?graph\n GRAPH ?graph { ?s ?p ?o } }"
NAMES = """SELECT ?thing ?property ?value ?area {{ {} }}"""
NAMES_OF = """
  {{ VALUES ?thing {{ {things} }} ?thing ?property ?value FILTER(?property IN ({properties})) }}
  UNION {{ VALUES ?thing {{ {things} }} ?thing kg:evidence?/oa:hasSelector?/oa:exact ?value
    BIND(oa:exact AS ?property) }}
  UNION {{ VALUES ?thing {{ {things} }} ?thing kg:grade/skos:prefLabel ?value
    OPTIONAL {{ ?thing kg:area/skos:prefLabel ?area }} BIND(kg:grade AS ?property) }}"""
"""What names things: their properties, the words that they rest on, the grades that they give."""


# --- reports, statements, figures --------------------------------------------------------------------

REPORTS = """SELECT ?report ?title ?force ?framework ?issued ?publisher {
  # WITH ?bodyIri: ?report kg:inspectedBody ?bodyIri .
  ?report a kg:Report . OPTIONAL { ?report dct:title ?title } OPTIONAL { ?report dct:issued ?issued }
  OPTIONAL { ?report kg:inspectedBody/skos:prefLabel ?force }
  OPTIONAL { ?report kg:framework/dct:title ?framework }
  OPTIONAL { ?report dct:publisher/skos:prefLabel ?publisher }
} ORDER BY ?force ?issued ?report"""
GRADES = """SELECT ?framework ?order ?report ?title ?force ?issued ?area ?grade ?gradeCode ?judgement {
  # VALUES ?report
  # WITH ?bodyIri: ?judgement kg:inspectedBody ?bodyIri .
  ?judgement a kg:Judgement ; kg:report ?report ; kg:area ?areaIri ; kg:grade ?gradeIri .
  ?areaIri skos:prefLabel ?area . ?gradeIri skos:prefLabel ?grade ; skos:notation ?gradeCode .
  OPTIONAL { ?areaIri kg:order ?order }
  OPTIONAL { ?report kg:framework/dct:title ?framework } OPTIONAL { ?report dct:issued ?issued }
  OPTIONAL { ?report dct:title ?title } OPTIONAL { ?report kg:inspectedBody/skos:prefLabel ?force }
} ORDER BY ?framework ?order ?area ?force ?issued ?report"""
_WHERE = """
  ?statement kg:report ?report ; kg:evidence ?evidence . ?evidence oa:hasSelector ?selector .
  ?selector oa:exact ?exact ; oa:start ?start ; oa:end ?end .
  OPTIONAL { ?selector oa:prefix ?prefix } OPTIONAL { ?selector oa:suffix ?suffix }
  OPTIONAL { ?report dct:title ?title } OPTIONAL { ?report dct:identifier ?id }
  OPTIONAL { ?report dct:issued ?issued }
  OPTIONAL {
    ?statement kg:area ?areaIri . ?areaIri skos:prefLabel ?area OPTIONAL { ?areaIri kg:order ?order } }
  BIND(COALESCE(?title, ?id, STR(?report)) AS ?reportName)
"""
STATEMENTS = f"""SELECT ?statement ?kind ?order ?area ?areaIri ?heading ?words ?grade ?gradeCode ?polarity
  ?carried ?gradedIn ?contrary ?composed ?heads ?due ?dueText ?dueDerived ?status ?number ?cause ?whole
  ?bodyName ?report ?reportName ?issued
  ?exact ?start ?end ?prefix ?suffix {{
  # VALUES ?report
  # VALUES ?statement
  # WITH ?body: ?statement kg:inspectedBody ?body .
  VALUES ?kind {{ {_STATEMENT_CLASSES} }}
  ?statement a ?kind .
  {_WHERE}
  OPTIONAL {{ ?statement kg:inspectedBody ?body OPTIONAL {{ ?body skos:prefLabel ?bodyName }} }}
  OPTIONAL {{ ?statement kg:heading ?heading }} OPTIONAL {{ ?statement kg:statement ?words }}
  OPTIONAL {{ ?statement kg:grade ?g . ?g skos:prefLabel ?grade OPTIONAL {{ ?g skos:notation ?gradeCode }} }}
  OPTIONAL {{ ?statement kg:carriedOver ?carried OPTIONAL {{ ?statement kg:gradedIn ?gradedIn }} }}
  OPTIONAL {{ ?statement kg:polarity ?p BIND(STRAFTER(STR(?p), "#") AS ?polarity) }}
  BIND(EXISTS {{ ?statement kg:contraryWords ?turn }} AS ?contrary)
  OPTIONAL {{ ?statement kg:composed ?composed }} OPTIONAL {{ ?statement kg:isHeadingOf ?heads }}
  OPTIONAL {{ ?statement kg:due ?due }} OPTIONAL {{ ?statement kg:dueText ?dueText }}
  OPTIONAL {{ ?statement kg:dueDerived ?dueDerived }} OPTIONAL {{ ?statement kg:status ?status }}
  OPTIONAL {{ ?statement kg:number ?number }}
  OPTIONAL {{ ?statement kg:partOf ?cause OPTIONAL {{ ?cause kg:heading ?whole }} }}
}} ORDER BY ?order ?area DESC(?issued) ?report ?start ?end ?statement"""
FIGURES = f"""SELECT ?statement {" ".join("?" + slot for slot in ONE_VALUE)} ?concept_name
  ?area ?bodyName ?report ?reportName ?issued ?exact ?start ?end ?prefix ?suffix {{
  # VALUES ?report
  # WITH ?body: ?statement kg:inspectedBody ?body .
  # WITH ?concept: ?statement kg:measure ?concept .
  ?statement a kg:Figure ; kg:valueText ?text .
  {_WHERE}
  OPTIONAL {{ ?statement kg:inspectedBody ?body OPTIONAL {{ ?body skos:prefLabel ?bodyName }} }}
  {asked(tuple(slot for slot in ONE_VALUE if slot != "text"), "?statement")}
  OPTIONAL {{ ?statement kg:measure/skos:prefLabel ?concept_name }}
}} ORDER BY DESC(?issued) ?report ?start ?end ?statement"""
EVENTS = """SELECT ?about ?status ?date ?due ?derived ?event ?report ?reportName {
  # VALUES ?body
  # VALUES ?about
  # VALUES ?source
  ?event a kg:StatusEvent ; kg:about ?about ; kg:status ?status .
  ?about kg:inspectedBody ?body ; kg:report ?source .
  OPTIONAL { ?event dct:date ?date } OPTIONAL { ?event kg:due ?due } OPTIONAL { ?event kg:derived ?derived }
  OPTIONAL { ?event kg:report ?report OPTIONAL { ?report dct:title ?title }
    OPTIONAL { ?report dct:identifier ?id } BIND(COALESCE(?title, ?id) AS ?reportName) }
} ORDER BY ?about ?date ?event"""
PASSAGES = """SELECT ?passage ?start ?end ?exact ?page ?order ?section {
  # VALUES ?report
  ?report kg:text ?text . ?passage a kg:Passage ; oa:hasSource ?text ; oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end ; oa:exact ?exact .
  OPTIONAL { ?passage kg:page ?page } OPTIONAL { ?passage kg:order ?order }
  OPTIONAL { ?passage kg:inSection ?section }
} ORDER BY ?start ?end ?passage"""
SECTIONS = """SELECT ?section ?title ?level ?passage ?start {
  # VALUES ?report
  ?section a kg:Section ; kg:report ?report ; dct:title ?title ; kg:level ?level ; kg:evidence ?passage .
  ?passage oa:hasSelector/oa:start ?start .
} ORDER BY ?start ?level ?section"""
REPORT_FACTS = """SELECT ?title ?id ?kind ?body ?bodyIri ?framework ?frameworkIri ?issued ?begin ?finish
  ?publisher ?inspector ?web ?licence ?file ?format ?length {
  # VALUES ?report
  OPTIONAL { ?report dct:title ?title } OPTIONAL { ?report dct:identifier ?id }
  OPTIONAL { ?report kg:reportKind ?kind } OPTIONAL { ?report dct:issued ?issued }
  OPTIONAL { ?report kg:inspectedBody ?bodyIri OPTIONAL { ?bodyIri skos:prefLabel ?body } }
  OPTIONAL { ?report kg:framework ?frameworkIri OPTIONAL { ?frameworkIri dct:title ?framework } }
  OPTIONAL { ?report kg:inspectionBegin ?begin } OPTIONAL { ?report kg:inspectionEnd ?finish }
  OPTIONAL { ?report dct:publisher/skos:prefLabel ?publisher }
  OPTIONAL { ?report kg:inspector/skos:prefLabel ?inspector }
  OPTIONAL { ?report dcat:landingPage ?web } OPTIONAL { ?report dct:license ?licence }
  OPTIONAL { ?report kg:text ?text . OPTIONAL { ?text kg:length ?length }
    OPTIONAL { ?text prov:wasDerivedFrom ?source OPTIONAL { ?source dct:title ?file }
      OPTIONAL { ?source dct:format ?format } } }
} ORDER BY ?bodyIri ?inspector ?file"""
CATALOGUED = "SELECT ?fact {\n # VALUES ?report\n ?report kg:fromCatalogue ?fact } ORDER BY ?fact"
DEALS_WITH = """SELECT ?body ?name {
  # VALUES ?report
  ?report kg:dealsWith ?body . OPTIONAL { ?body skos:prefLabel ?name }
} ORDER BY ?name ?body"""
RECOGNISED = (
    """SELECT ?statement ?field ?confidence ?start ?end ?exact {
  # VALUES ?report
  ?statement a kg:Recognition ; kg:report ?report ; kg:field ?field .
  OPTIONAL { ?statement kg:confidence ?confidence }
"""
    + _MAYBE_AT
    + """} ORDER BY ?field ?start ?end"""
)
COVERAGE = """SELECT ?what ?captured ?outOf {
  # VALUES ?report
  ?coverage a kg:Coverage ; kg:report ?report ; kg:what ?what ; kg:captured ?captured ; kg:outOf ?outOf .
} ORDER BY ?what"""
NOTICES = (
    """SELECT ?statement ?message ?start ?end ?exact {
  # VALUES ?report
  ?statement a kg:Notice ; kg:report ?report ; kg:message ?message .
"""
    + _MAYBE_AT
    + """} ORDER BY ?start ?message ?statement"""
)
MENTIONS_IN = """SELECT ?statement ?label ?start ?end ?name {
  # VALUES ?report
  ?statement a kg:Mention ; kg:report ?report ; kg:label ?label ; kg:evidence/oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end .
  OPTIONAL { ?statement kg:refersTo/skos:prefLabel ?name }
} ORDER BY ?start ?end ?statement ?name"""


# --- one statement -----------------------------------------------------------------------------------

PLACE = """SELECT ?start ?end ?report ?reportName ?issued ?sentenceStart ?sentenceEnd ?saidBy ?saidByIri
  ?publisher ?derived ?attribution ?pattern {
  # VALUES ?statement
  ?statement kg:report ?report ; kg:evidence/oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end .
  OPTIONAL { ?report dct:title ?title } OPTIONAL { ?report dct:identifier ?id }
  OPTIONAL { ?report dct:issued ?issued } OPTIONAL { ?report dct:publisher/skos:prefLabel ?publisher }
  OPTIONAL { ?statement kg:sentence ?sentence OPTIONAL { ?sentence oa:hasSelector ?whole
    OPTIONAL { ?whole oa:start ?sentenceStart } OPTIONAL { ?whole oa:end ?sentenceEnd } } }
  OPTIONAL { ?statement kg:saidBy ?saidByIri OPTIONAL { ?saidByIri skos:prefLabel ?saidBy } }
  OPTIONAL { ?statement kg:derived ?derived } OPTIONAL { ?statement kg:attribution ?attribution }
  OPTIONAL { ?statement kg:pattern ?pattern }
  BIND(COALESCE(?title, ?id, STR(?report)) AS ?reportName)
} ORDER BY ?report ?start ?end ?saidByIri"""
SUPPORT = """SELECT ?start ?end ?contrary {
  # VALUES ?statement
  { ?statement kg:supportedBy/oa:hasSelector ?selector BIND(false AS ?contrary) }
  UNION { ?statement kg:contraryWords/oa:hasSelector ?selector BIND(true AS ?contrary) }
  ?selector oa:start ?start ; oa:end ?end .
} ORDER BY ?start ?end ?contrary"""
SLOTS = """SELECT ?property ?value (MIN(STR(?label)) AS ?name) {
  # VALUES ?statement
  ?statement ?property ?value . OPTIONAL { ?value skos:prefLabel|kg:valueText|oa:hasSelector/oa:exact ?label }
} GROUP BY ?property ?value ORDER BY ?property ?name ?value"""
BASIS = "SELECT ?basis {\n # VALUES ?statement\n ?statement kg:basis ?basis } ORDER BY ?basis"
RELATED = """SELECT DISTINCT ?property ?back ?thing {
  # VALUES ?statement
  { VALUES ?property { kg:refersTo kg:finding kg:hasFigure kg:relatedConcern kg:followsUp kg:about kg:earlier
      kg:later kg:mentions } ?statement ?property ?thing BIND(false AS ?back) }
  UNION { VALUES ?property { kg:partOf kg:finding kg:hasFigure kg:relatedConcern kg:followsUp kg:about
      kg:comparedWith kg:changeFrom kg:supportingReason kg:mixedReason kg:contraryReason }
    ?thing ?property ?statement BIND(true AS ?back) }
} ORDER BY ?property ?back ?thing"""


# --- bodies and other things -------------------------------------------------------------------------

OWN_THINGS = """SELECT ?thing ?name ?class (COUNT(DISTINCT ?mention) AS ?times) {
  # VALUES ?body
  ?thing kg:ownedBy ?body ; skos:prefLabel ?name ; a ?class FILTER(STRSTARTS(STR(?class), STR(kg:)))
  OPTIONAL { ?mention kg:refersTo ?thing }
} GROUP BY ?thing ?name ?class ORDER BY LCASE(STR(?name)) ?thing ?class"""
OTHER_THINGS = f"""SELECT ?thing (MIN(STR(?label)) AS ?name) (MIN(STR(?type)) AS ?class)
  (COUNT(DISTINCT ?mention) AS ?times) {{
  # VALUES ?body
  ?report kg:inspectedBody ?body . ?mention a kg:Mention ; kg:report ?report ; kg:refersTo ?thing .
  ?thing skos:prefLabel ?label ; a ?type .
  VALUES ?type {{ {_classes(*_OF_A_BODY)} }}
  FILTER(?thing != ?body) FILTER NOT EXISTS {{ ?thing kg:ownedBy ?body }}
}} GROUP BY ?thing ORDER BY DESC(?times) LCASE(?name) ?thing LIMIT 40"""
ABOUT = """SELECT ?definition ?owner ?ownerIri ?scheme ?schemeIri ?begin ?finish ?broader ?broaderIri {
  # VALUES ?thing
  ?thing a ?class
  OPTIONAL { ?thing skos:definition|rdfs:comment ?definition }
  OPTIONAL { ?thing kg:ownedBy ?ownerIri . ?ownerIri skos:prefLabel ?owner }
  OPTIONAL { ?thing skos:inScheme ?schemeIri
    OPTIONAL { ?schemeIri dct:title|skos:prefLabel|rdfs:label ?scheme } }
  OPTIONAL { ?thing skos:broader ?broaderIri OPTIONAL { ?broaderIri skos:prefLabel ?broader } }
  OPTIONAL { ?thing kg:periodBegin ?begin } OPTIONAL { ?thing kg:periodEnd ?finish }
} ORDER BY ?definition ?owner ?scheme ?broader LIMIT 1"""
ALIASES = """SELECT DISTINCT ?alias {
  # VALUES ?thing
  ?thing skos:altLabel|skos:hiddenLabel ?alias
} ORDER BY LCASE(STR(?alias)) ?alias LIMIT 60"""
SAID_OF = f"""SELECT DISTINCT ?statement ?kind ?polarity ?heading ?words ?exact ?grade ?gradeCode ?area
  ?bodyName ?report ?reportName {{
  # VALUES ?thing
  ?statement kg:mentions|kg:area|kg:grade ?thing ; a ?kind ; kg:report ?report ;
    kg:evidence/oa:hasSelector/oa:exact ?exact .
  VALUES ?kind {{ {_STATEMENT_CLASSES} }}
  OPTIONAL {{ ?statement kg:heading ?heading }} OPTIONAL {{ ?statement kg:statement ?words }}
  OPTIONAL {{ ?statement kg:polarity ?p BIND(STRAFTER(STR(?p), "#") AS ?polarity) }}
  OPTIONAL {{ ?statement kg:area/skos:prefLabel ?area }}
  OPTIONAL {{ ?statement kg:grade ?g . ?g skos:prefLabel ?grade ; skos:notation ?gradeCode }}
  OPTIONAL {{ ?statement kg:inspectedBody/skos:prefLabel ?bodyName }}
  OPTIONAL {{ ?report dct:title ?title }} OPTIONAL {{ ?report dct:identifier ?id }}
  BIND(COALESCE(?title, ?id, STR(?report)) AS ?reportName)
}} ORDER BY ?kind ?bodyName ?reportName ?statement LIMIT 201"""
BESIDE = f"""SELECT ?thing (MIN(STR(?label)) AS ?name) (MIN(STR(?type)) AS ?class)
  (COUNT(DISTINCT ?passage) AS ?times) {{
  {{ SELECT DISTINCT ?passage {{
    # VALUES ?this
    ?mention kg:refersTo ?this ; kg:inPassage ?passage }} }}
  ?other kg:inPassage ?passage ; kg:refersTo ?thing . ?thing skos:prefLabel ?label ; a ?type .
  VALUES ?type {{ {_COMPANY} }}
  FILTER NOT EXISTS {{ ?other kg:refersTo ?same FILTER(?same = ?this) }}
}} GROUP BY ?thing ORDER BY DESC(?times) LCASE(?name) ?thing LIMIT 40"""


# --- the ontology ------------------------------------------------------------------------------------

TERMS = """SELECT ?term ?kind (MIN(STR(?name)) AS ?label) (MIN(STR(?text)) AS ?definition) {
  VALUES (?type ?kind) {
    (<http://www.w3.org/2002/07/owl#Class> "class")
    (<http://www.w3.org/2002/07/owl#ObjectProperty> "relation")
    (<http://www.w3.org/2002/07/owl#DatatypeProperty> "value") }
  ?term a ?type FILTER(STRSTARTS(STR(?term), STR(kg:)))
  OPTIONAL { ?term rdfs:label ?name } OPTIONAL { ?term rdfs:comment|skos:definition ?text }
} GROUP BY ?term ?kind ORDER BY ?kind ?term"""
TERM_LINKS = """SELECT DISTINCT ?term ?what ?other {
  VALUES (?property ?what) { (rdfs:domain "of") (rdfs:range "to") (rdfs:subClassOf "kind of") }
  ?term ?property ?other FILTER(STRSTARTS(STR(?term), STR(kg:)) && ISIRI(?other))
} ORDER BY ?term ?what ?other"""
CLASS_COUNTS = """SELECT ?class (COUNT(DISTINCT ?thing) AS ?things) { ?thing a ?class }
  GROUP BY ?class ORDER BY ?class"""
PROPERTY_COUNTS = "SELECT ?p (COUNT(*) AS ?uses) { ?s ?p ?o } GROUP BY ?p ORDER BY ?p"
CLASS_EXAMPLES = """SELECT ?class (MIN(?thing) AS ?example) { ?thing a ?class FILTER(ISIRI(?thing)) }
  GROUP BY ?class ORDER BY ?class"""
PROPERTY_EXAMPLES = """SELECT ?property ?thing (MIN(?end) AS ?value) {
  { SELECT ?property (MIN(?start) AS ?thing) { ?start ?property ?any } GROUP BY ?property }
  ?thing ?property ?end
} GROUP BY ?property ?thing ORDER BY ?property"""
FRAMEWORKS = """SELECT ?framework ?title ?publisher ?previous ?previousTitle {
  ?framework a kg:Framework . OPTIONAL { ?framework dct:title ?title }
  OPTIONAL { ?framework dct:publisher/skos:prefLabel ?publisher }
  OPTIONAL { ?framework kg:previous ?previous . ?previous dct:title ?previousTitle }
} ORDER BY ?publisher ?title ?framework"""
FRAMEWORK_PARTS = """SELECT ?framework ?what ?part ?name ?gradeCode ?rank ?definition {
  { ?part a kg:Area ; skos:inScheme ?framework . BIND("area" AS ?what) OPTIONAL { ?part kg:order ?rank } }
  UNION { ?framework kg:gradeScheme ?scheme . ?part a kg:Grade ; skos:inScheme ?scheme
    BIND("grade" AS ?what) OPTIONAL { ?part kg:rank ?rank } OPTIONAL { ?part skos:notation ?gradeCode } }
  ?framework a kg:Framework . ?part skos:prefLabel ?name OPTIONAL { ?part skos:definition ?definition }
} ORDER BY ?framework ?what ?rank ?name ?part"""
THINGS_OF_CLASS = """SELECT ?thing (MIN(STR(?label)) AS ?name) (COUNT(DISTINCT ?mention) AS ?times) {
  # VALUES ?class
  ?thing a ?class OPTIONAL { ?thing skos:prefLabel|dct:title ?label }
  OPTIONAL { ?mention kg:refersTo ?thing }
} GROUP BY ?thing ORDER BY LCASE(?name) ?thing"""
