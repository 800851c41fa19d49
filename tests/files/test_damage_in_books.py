"""Where a file is lost, or has other bytes by now, its page says so, and the rest of a report can be read."""

import pytest

from council_portal.files.checking import check
from council_portal.files.models import Damage
from council_portal.files.texts import pages_of_pdf
from meetings.record import file_url
from tests import factories as make

from . import samples
from .places import BOTH, CONTENT, stored

pytestmark = pytest.mark.django_db


@BOTH
@pytest.mark.parametrize(
    ("kind", "content"), [("picture", samples.picture()), ("programme", CONTENT)], ids=["picture", "pages"]
)
def test_in_its_place_stands_that_it_is_damaged(client, place, what, kind, content):
    meeting = make.MeetingFactory(held=True, body=make.BodyFactory(assembly=True), visibility="public")
    make.MinutesFactory(meeting=meeting, published=True, visibility="public")
    shown = {"kind": kind, "alt_text": "تصویر", "text": "", "visibility": "public"}
    damaged = make.MaterialFactory(meeting=meeting, file=stored(content), **shown)
    make.MaterialFactory(meeting=meeting, file=stored(samples.picture(colour="blue"), "b.png"), **shown)
    place.spoil(damaged.file, what)

    response = client.get(f"{meeting.get_absolute_url()}report.pdf")

    assert response.status_code == 200
    assert "ثبت شده است، اما" in "".join(pages_of_pdf(response.content))
    assert Damage.objects.open().get().file == damaged.file


def test_the_page_of_a_material_says_that_its_file_came_to_harm_until_it_is_whole_again(client, place):
    material = make.MaterialFactory(
        kind="picture", alt_text="تصویر", text="", file=stored(samples.picture()), visibility="public"
    )
    page, address = material.get_absolute_url(), file_url(material)
    assert f'src="{address}"' in client.get(page).text
    content = place.read(material.file.content.name)
    place.spoil(material.file, "changed")
    client.get(address)

    assert "در مخزن آسیب دیده" in client.get(page).text
    assert f'"{address}' not in client.get(page).text

    place.put_back(material.file, content)
    check(material.file)
    assert f'src="{address}"' in client.get(page).text
