"""The documentation site: `make site` builds it into build/site, from which it reads and searches offline."""

from pydantic import BaseModel

from orgsim import __version__

project = "orgsim"
author = "The orgsim authors"
project_copyright = f"{author}. Apache-2.0"
version = release = __version__
language = "en"

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx_copybutton"]
# validity-notes.md is a part of validity.md
exclude_patterns = ["validity-notes.md"]

html_theme = "furo"
html_title = f"orgsim {version}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
# pages and their sources are not copied; results are listed without excerpts, which a browser may not
# read from other files on disk
html_copy_source = False
html_show_sourcelink = False
html_show_search_summary = False
html_theme_options = {"navigation_with_keys": True}

# headings of pages can be linked to; what looks like a name of a web site is not a link
myst_heading_anchors = 3
# notebooks are stored without their outputs: these are always those of the present code
nb_execution_mode = "force"
nb_execution_timeout = -1  # a slow machine takes longer
nb_execution_raise_on_error = True
nb_merge_streams = True

# docstrings write `code` as Markdown does
default_role = "literal"
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
autodoc_default_options = {"members": True}
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 90

# the dashboard's own address
linkcheck_ignore = [r"http://localhost"]

#: pages in another language than the site's
_LANGUAGES = {"guide-du-formateur": "fr"}


def _language_of_page(app, page, template, context, doctree):
    """What the page says of its language: screen readers pronounce by it."""
    context["language"] = _LANGUAGES.get(page, language)


def _signature(app, what, name, obj, options, signature, returned):
    """What a scenario or an experiment can hold has pages of its own: no signature of a hundred fields."""
    if isinstance(obj, type) and issubclass(obj, BaseModel):
        return "", returned
    return None


def _is_left_out(app, what, name, obj, skip, options):
    """What pydantic and named tuples add by themselves is not ours to explain."""
    return (
        True
        if name == "model_config" or (getattr(obj, "__doc__", None) or "").startswith("Alias for")
        else None
    )


def setup(app):
    app.connect("html-page-context", _language_of_page)
    app.connect("autodoc-process-signature", _signature)
    app.connect("autodoc-skip-member", _is_left_out)
