import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_portal_is_well(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/healthz")

    assert (response.status_code, response.text) == (200, "ok")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db(transaction=True)
def test_without_its_database_it_says_so(client, settings):
    connection.close()
    connection.settings_dict["PORT"], port = "1", connection.settings_dict["PORT"]
    try:
        response = client.get("/healthz")
    finally:
        connection.settings_dict["PORT"] = port

    assert response.status_code == 503
