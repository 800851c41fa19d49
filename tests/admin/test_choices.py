"""Where a record is chosen by typing."""

from tests import factories as make


def test_the_name_that_is_typed_stands_before_names_that_have_its_letters_somewhere(client_of):
    for name in ("وزارت دفاع و پشتیبانی نیروهای مسلح", "وزارت نیرو"):
        make.OrganizationFactory(name=name)
    asked = {"app_label": "meetings", "model_name": "meeting", "field_name": "host", "term": "وزارت نيرو"}

    answer = client_of("secretariat").get("/admin/autocomplete/", asked)

    assert [choice["text"] for choice in answer.json()["results"]][:2] == [
        "وزارت نیرو",
        "وزارت دفاع و پشتیبانی نیروهای مسلح",
    ]
