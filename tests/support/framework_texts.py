"""A framework of libraries, for tests: nothing of it is in the package."""

PREFIXES = """
@prefix area: <https://kg.example/id/area/> . @prefix grade: <https://kg.example/id/grade/> .
@prefix grades: <https://kg.example/id/grades/> . @prefix framework: <https://kg.example/id/framework/> .
@prefix kg: <https://kg.example/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix wording: <https://kg.example/id/wording/> .
"""
LIBRARIES = (
    PREFIXES
    + """
framework:shelf-check a kg:Framework ; dct:title "Shelf Check" ; skos:notation "shelf-check" ;
  kg:publisherName "The Library Board" ; kg:gradeScheme grades:stars ;
  kg:recognisedBy "\\\\bShelf Check\\\\b" ; kg:bodyNoun "library" ;
  kg:bodyPattern "[A-Z]\\\\w+ Library\\\\b" ;
  kg:titlePattern "Shelf Check: {body}" ;
  kg:judgementPattern "{area} at {body} are {grade}", "{area}: {grade}" ;
  kg:annexHeading "Sources" ; kg:knowsBox wording:tip ; kg:knowsKind wording:shelf-report .
wording:tip a kg:BoxKind ; skos:notation "recommendation" ; skos:prefLabel "Advice" .
wording:shelf-report a kg:ReportKind ; skos:notation "shelf-report" ; skos:prefLabel "Shelf report" ;
  kg:recognisedBy "^Shelf Check:" .
grade:stars--bright a kg:Grade ; skos:inScheme grades:stars ; kg:rank 1 ; skos:notation "bright" ;
  skos:prefLabel "Bright" .
grade:stars--dim a kg:Grade ; skos:inScheme grades:stars ; kg:rank 2 ; skos:notation "dim" ;
  skos:prefLabel "Dim" .
area:shelf--books a kg:Area ; skos:inScheme framework:shelf-check ; kg:order 1 ; skos:prefLabel "Books" .
area:shelf--rooms a kg:Area ; skos:inScheme framework:shelf-check ; kg:order 2 ; skos:prefLabel "Rooms" .
area:shelf--staff a kg:Area ; skos:inScheme framework:shelf-check ; kg:order 3 ; skos:prefLabel "Staff" ;
  kg:graded false .
"""
)
