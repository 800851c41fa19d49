"""Fills in the admin's forms as a browser would: with everything that the page came with, and what was typed."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    """Collects what a browser would send of the form with the given id."""

    def __init__(self, form_id):
        super().__init__()
        self.form_id, self.inside = form_id, False
        self.values, self.select, self.textarea = {}, None, None

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self.inside = attributes.get("id") == self.form_id
        if not self.inside:
            return
        name = attributes.get("name")
        if tag == "input" and name and attributes.get("type") not in ("submit", "file"):
            self._input(name, attributes)
        elif tag == "select" and name:
            self.select = name
            self.values.setdefault(name, "")
        elif tag == "option" and self.select and "selected" in attributes:
            self.values[self.select] = attributes.get("value", "")
        elif tag == "textarea" and name:
            self.textarea = name
            self.values[name] = ""

    def _input(self, name, attributes):
        if attributes.get("type") in ("checkbox", "radio"):
            if "checked" in attributes:
                self.values[name] = attributes.get("value", "on")
        else:
            self.values[name] = attributes.get("value", "")

    def handle_data(self, data):
        if self.inside and self.textarea:
            self.values[self.textarea] += data

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None
        elif tag == "textarea":
            self.textarea = None
        elif tag == "form":
            self.inside = False


def fields_of(response, form_id: str) -> dict[str, str]:
    """What the form with this id would send if nothing were typed into it."""
    reader = _Fields(form_id)
    reader.feed(response.text)
    assert reader.values, f"no form {form_id} on the page"
    return {name: value.removeprefix("\n") for name, value in reader.values.items() if "__prefix__" not in name}


def open_form(client, url: str) -> dict[str, str]:
    """Open an admin's page and return what its form would send."""
    response = client.get(url)
    assert response.status_code == 200
    return fields_of(response, f"{response.context['opts'].model_name}_form")


def new_row(values: dict[str, str], prefix: str, **typed) -> dict[str, str]:
    """Add a row to an inline as its button does; return the values."""
    number = int(values[f"{prefix}-TOTAL_FORMS"])
    values[f"{prefix}-TOTAL_FORMS"] = str(number + 1)
    values.update({f"{prefix}-{number}-{name}": str(value) for name, value in typed.items()})
    return values
