"""``kg mcp``: the dataset for agents (Model Context Protocol), read-only, each answer with its words."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

from kg.asking.analysis.reasons import Why
from kg.asking.sparql.library import saved_query
from kg.graph.rdf_files import Files
from kg.model.errors import KgError, MissingExtra
from kg.model.version import __version__
from kg.serving.agents import tools as agent_tools
from kg.serving.agents.citations import Citation
from kg.serving.agents.schema_summary import schema_summary
from kg.serving.agents.tools import Answer, Description, Question, Source, Table

try:
    from mcp.server.mcpserver import MCPServer
    from mcp.server.mcpserver.exceptions import ResourceError, ToolError
    from mcp.server.mcpserver.tools import Tool
    from mcp.types import ToolAnnotations
    from pydantic import ConfigDict, Field
except ImportError as error:
    raise MissingExtra.of("kg mcp", "mcp") from error

INSTRUCTIONS = """\
What inspection reports say, as linked data. Start with list_questions; run_question answers one of them;
describe shows what is around a force, area, unit, operation or other thing; sparql asks anything else (read
kg://schema first). Every citation has the exact words of a report and their place in it: quote them, name the
report, and say so where a value is derived (computed) or where an answer has no citation.
"""
Limit = Annotated[int, Field(ge=1, le=agent_tools.MOST)]


def make_server(
    store: str | Path | None = "store",
    data: Files | None = None,
    endpoint: str | None = None,
) -> MCPServer[Any]:
    """A server over a store, RDF files or an endpoint, with the tools list_questions, run_question, describe,
    why, cite and sparql, and the resources kg://schema and kg://question/{name}."""
    source = Source(store, data if data is None or isinstance(data, str | Path) else tuple(data), endpoint)
    server: MCPServer[Any] = MCPServer(
        "inspection-findings-kg",
        title="Inspection findings",
        instructions=INSTRUCTIONS,
        version=__version__,
        tools=_tools(source),
    )
    _add_resources(server, source)
    return server


def serve_stdio(
    store: str | Path | None = "store",
    data: Files | None = None,
    endpoint: str | None = None,
) -> None:
    """Serve on standard input and output until the client closes them. Raises CannotRead for no dataset."""
    data = data if data is None or isinstance(data, str | Path) else tuple(data)
    server = make_server(store, data, endpoint)
    Source(store, data, endpoint).ask("ASK {}")
    server.run("stdio")


def _tool(title: str, function: Callable[..., Any]) -> Tool:
    """A read-only tool. An error of ours becomes its answer, in one line; an argument that it has not is one
    too: passed over, it would make the answer one to another question."""
    hints = ToolAnnotations(
        title=title, read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )

    @wraps(function)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except KgError as error:
            raise ToolError(str(error)) from error

    tool = Tool.from_function(guarded, title=title, annotations=hints, structured_output=True)
    loose = tool.fn_metadata.arg_model
    strict: Any = type(
        loose.__name__, (loose,), {"model_config": ConfigDict(extra="forbid"), "__module__": __name__}
    )
    tool.fn_metadata = tool.fn_metadata.model_copy(update={"arg_model": strict})
    tool.parameters = strict.model_json_schema(by_alias=True)
    return tool


def _tools(source: Source) -> list[Tool]:
    def list_questions() -> list[Question]:
        """The saved questions: name, purpose, parameters, columns, and which columns are derived."""
        return agent_tools.list_questions()

    def run_question(
        name: Annotated[str, Field(description="Its name, as list_questions gives it.")],
        params: Annotated[
            dict[str, str] | None,
            Field(description='Values by parameter, e.g. {"force": "Avon and Somerset"}.'),
        ] = None,
        limit: Limit = 20,
    ) -> Answer:
        """The rows that answer a saved question, each with the exact words it rests on."""
        return agent_tools.run_question(source, name, params, limit)

    def describe(
        entity: Annotated[str, Field(description="A name, an alias or an IRI.")], limit: Limit = 30
    ) -> Description:
        """What the reports say around a force, area, unit, operation, body, person, law or other thing."""
        return agent_tools.describe(source, entity, limit)

    def why(
        body: Annotated[str, Field(description="The inspected body: a name or an IRI.")],
        area: Annotated[str, Field(description="The graded area: a name or an IRI.")],
        report: Annotated[str | None, Field(description="The id of one report, else the latest.")] = None,
        year: Annotated[
            int | None, Field(ge=1900, le=2999, description="The year of publication, or else of inspection.")
        ] = None,
    ) -> Why:
        """The words of the report that support a grade and those contrary to it. Which words bear on the
        grade, and how, is derived; ``note`` says what the report's own section does not state."""
        return agent_tools.why(source, body, area, report, year)

    def cite(
        statement: Annotated[str, Field(description="The IRI of a statement, finding, figure or passage.")],
    ) -> list[Citation]:
        """The exact words that a statement was read from, with report and offsets."""
        return agent_tools.evidence(source, statement)

    def sparql(
        query: Annotated[str, Field(description="A SELECT, ASK, CONSTRUCT or DESCRIBE query.")],
        limit: Limit = 50,
    ) -> Table:
        """The answer to a SPARQL 1.1 query (read-only; the prefixes of kg://schema need no declaration)."""
        return agent_tools.sparql(source, query, limit)

    return [
        _tool("List the saved questions", list_questions),
        _tool("Ask a saved question", run_question),
        _tool("Describe a thing", describe),
        _tool("Why a grade was given", why),
        _tool("Cite a statement", cite),
        _tool("Ask in SPARQL", sparql),
    ]


def _add_resources(server: MCPServer[Any], source: Source) -> None:
    @server.resource("kg://schema", title="Classes, properties and prefixes", mime_type="text/markdown")
    def schema() -> str:
        """What the dataset has: its classes with counts, its properties, and how to reach the words."""
        try:
            return schema_summary(source.ask)
        except KgError as error:
            raise ResourceError(str(error)) from error

    @server.resource("kg://question/{name}", title="A saved question", mime_type="application/sparql-query")
    def question(name: str) -> str:
        """The SPARQL text of a saved question, to start a query of your own from."""
        try:
            return saved_query(name).text
        except KgError as error:
            raise ResourceError(str(error)) from error
