"""What is typed into an address of the admin by hand, or by a scanner, is answered and never breaks it."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    ["/admin/meetings/meeting/?status__exact=a%00b", "/admin/meetings/meeting/?q=%00", "/admin/?x=%00"],
)
def test_a_null_byte_is_a_bad_request(client_of, address):
    assert client_of("secretariat").get(address).status_code == 400


@pytest.mark.parametrize("value", ["x", "1403-13", "%FF", "[]", "-1"])
@pytest.mark.parametrize("form", ["meetings/meeting/add/?host", "members/membership/add/?person"])
def test_a_link_that_names_no_record_fills_in_nothing(client_of, form, value):
    assert client_of("secretariat").get(f"/admin/{form}={value}").status_code == 200


def test_a_link_that_names_a_record_is_filled_in(client_of):
    person = make.PersonFactory()

    response = client_of("secretariat").get(f"/admin/members/membership/add/?person={person.pk}")

    assert f'<option value="{person.pk}" selected>' in response.content.decode()


def test_only_records_of_ours_lead_to_their_page(client_of):
    client, person = client_of("secretariat"), make.PersonFactory()

    def answer_for(content_type):
        return client.get(reverse("admin:view_on_site", args=[content_type.pk, person.pk])).status_code

    assert answer_for(ContentType.objects.get_for_model(person)) == 302
    assert {answer_for(other) for other in ContentType.objects.filter(app_label="pghistory")} == {404}
