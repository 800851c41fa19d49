"""Every address of the portal, for every role: who is let in, and that the others act nowhere.

What is below `desk/` has its table in test_desk.py, the rest has it here; the admin is walked as it is. An address that
stands in none of them fails the first test, so that no page comes without a rule.
"""

from operator import attrgetter
from types import SimpleNamespace

import pytest
from django.contrib import admin
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

from council_portal.access.visibility import Visibility
from council_portal.files.storing import store
from council_portal.issuing import kinds
from council_portal.models import Revision
from council_portal.persian.partial_date import PartialDate
from members.models import Membership
from publications.publishing import publish
from tests import factories as make
from tests.access.test_desk import OF_A_MEETING, OF_NO_MEETING
from tests.conftest import ACCOUNTS
from tests.files.samples import picture, upload
from tests.issuing.samples import SAMPLE, issue
from tests.roles import ROLES

pytestmark = pytest.mark.django_db

EVERYBODY = {*ROLES, "officer_elsewhere"}
SIGNED_IN = EVERYBODY - {"visitor"}
OF_THE_COUNCIL = SIGNED_IN - {"former_member", "administrator"}
WITH_ORGANIZATION = OF_THE_COUNCIL - {"secretariat"}
OF_THE_BODY = {"body_member", "officer", "secretariat"}
WRITERS = {"officer", "secretariat"}
SECRETARIAT = {"secretariat"}
# Who is invited, or has the link of a letter, is let in by that; tests/meetings/invitations/test_answering.py tries it.
NOBODY_BY_ROLE = set()

# By the name of the address: who is let in, and of what it is, as a path into `world`. The records are for the members
# of the body or, where they belong to none, for those of the council.
RULES = {
    "home": (EVERYBODY, {}),
    "about": (EVERYBODY, {}),
    "desk": (SIGNED_IN, {}),
    "feeds": (EVERYBODY, {}),
    "healthz": (EVERYBODY, {}),
    "robots_file": (EVERYBODY, {}),
    "sitemap_file": (EVERYBODY, {}),
    "sitemap_section_file": (EVERYBODY, {"section": "section"}),
    "set_language": (EVERYBODY, {}),
    "files:form": (NOBODY_BY_ROLE, {"token": "no_token"}),
    "notices:inbox": (SIGNED_IN, {}),
    "notices:open": (NOBODY_BY_ROLE, {"pk": "notice.pk"}),
    "notices:read_all": (SIGNED_IN, {}),
    # Whoever asked for a document is let in by that; tests/issuing/test_printing.py tries it.
    "papers:paper": (NOBODY_BY_ROLE, {"pk": "notice.pk"}),
    "papers:state": (NOBODY_BY_ROLE, {"pk": "notice.pk"}),
    "papers:again": (NOBODY_BY_ROLE, {"pk": "notice.pk"}),
    "issuing:verify": (EVERYBODY, {}),
    "issuing:document": (EVERYBODY, {"code": "issued.printed_code"}),
    "issuing:document_file": (OF_THE_COUNCIL, {"number": "issued.number"}),
    "issuing:latest_file": (OF_THE_COUNCIL, {"kind": "issued.kind", "subject": "issued.subject_id"}),
    # Only posted to, for what was published and never issued; tests/meetings/issuing/test_unissued.py tries it.
    "issuing:issue": (NOBODY_BY_ROLE, {"kind": "issued.kind", "subject": "issued.subject_id"}),
    # What each of them finds there is tried by tests/search.
    "search:search": (EVERYBODY, {}),
    "search:suggest": (EVERYBODY, {}),
    "search:search_feed": (EVERYBODY, {}),
    "members:people": (EVERYBODY, {}),
    "members:person": (OF_THE_COUNCIL, {"pk": "person.pk"}),
    "members:organizations": (EVERYBODY, {}),
    "members:organization": (OF_THE_COUNCIL, {"slug": "organization.slug"}),
    "members:profile": (SIGNED_IN, {}),
    "members:mail_choice": (SIGNED_IN, {}),
    "members:renew_calendar_link": (SIGNED_IN, {}),
    "members:revoke_calendar_link": (SIGNED_IN, {}),
    "members:search_feed": (SIGNED_IN, {}),
    # Whoever has the link is let in by that; tests/members/test_search_feeds.py tries it.
    "members:personal_search_feed": (NOBODY_BY_ROLE, {"token": "no_token"}),
    "meetings:meetings": (EVERYBODY, {}),
    "meetings:meeting": (OF_THE_BODY, {"number": "held.number"}),
    "meetings:materials_file": (OF_THE_BODY, {"number": "held.number"}),
    "meetings:planned": (OF_THE_BODY, {"pk": "announced.pk"}),
    "meetings:agenda_file": (OF_THE_BODY, {"number": "held.number"}),
    "meetings:minutes_file": (OF_THE_BODY, {"number": "held.number"}),
    "meetings:attendance_file": (OF_THE_BODY, {"number": "held.number"}),
    "meetings:report_file": (OF_THE_BODY, {"number": "reported.number"}),
    "meetings:pack_file": (OF_THE_BODY, {"number": "held.number"}),
    "meetings:planned_pack_file": (OF_THE_BODY, {"pk": "announced.pk"}),
    # Of a meeting that is still ahead there is none.
    "meetings:planned_report_file": (NOBODY_BY_ROLE, {"pk": "announced.pk"}),
    "meetings:planned_agenda_file": (OF_THE_BODY, {"pk": "announced.pk"}),
    "meetings:planned_minutes_file": (WRITERS, {"pk": "announced.pk"}),
    "meetings:planned_attendance_file": (WRITERS, {"pk": "announced.pk"}),
    "meetings:sign_in_file": (WRITERS, {"pk": "announced.pk"}),
    "meetings:name_cards_file": (WRITERS, {"pk": "announced.pk"}),
    "meetings:tent_cards_file": (WRITERS, {"pk": "announced.pk"}),
    "meetings:letters_file": (WRITERS, {"pk": "announced.pk"}),
    "meetings:letter_file": (WRITERS, {"pk": "announced.pk", "invitation": "invitation.pk"}),
    "meetings:invitation": (NOBODY_BY_ROLE, {"pk": "announced.pk"}),
    "meetings:invitation_letter": (NOBODY_BY_ROLE, {"pk": "announced.pk"}),
    "meetings:invitation_letter_file": (NOBODY_BY_ROLE, {"pk": "announced.pk"}),
    "meetings:answer_by_link": (NOBODY_BY_ROLE, {"token": "no_token", "answer": "attend"}),
    "meetings:hosts": (EVERYBODY, {}),
    "meetings:propose": (WITH_ORGANIZATION, {}),
    "meetings:material": (OF_THE_BODY, {"pk": "material.pk"}),
    "meetings:material_thumbnail": (OF_THE_BODY, {"pk": "material.pk"}),
    "meetings:material_file": (OF_THE_BODY, {"pk": "material.pk", "name": "file.name"}),
    "meetings:decisions": (EVERYBODY, {}),
    "meetings:decisions_xlsx_file": (EVERYBODY, {}),
    "meetings:decisions_csv_file": (EVERYBODY, {}),
    "meetings:decision": (OF_THE_BODY, {"reference": "decision.reference"}),
    "meetings:decision_excerpt": (OF_THE_BODY, {"reference": "decision.reference"}),
    "meetings:decision_excerpt_file": (OF_THE_BODY, {"reference": "decision.reference"}),
    "meetings:follow_up_sheet_file": (
        OF_THE_COUNCIL,
        {"slug": "organization.slug", "year": "year", "quarter": "quarter"},
    ),
    "meetings:follow_up_file": (
        OF_THE_BODY,
        {"reference": "decision.reference", "pk": "follow_up.pk", "name": "file.name"},
    ),
    "meetings:calendar": (EVERYBODY, {}),
    "meetings:month": (EVERYBODY, {"year": "year", "month": "month"}),
    "meetings:calendar_list": (EVERYBODY, {}),
    "meetings:month_list": (EVERYBODY, {"year": "year", "month": "month"}),
    "meetings:calendar_feed": (EVERYBODY, {}),
    "meetings:calendar_feed_of_body": (EVERYBODY, {"slug": "body.slug"}),
    # Whoever has the link is let in by that; tests/meetings/test_calendar_links.py tries it.
    "meetings:personal_calendar_feed": (NOBODY_BY_ROLE, {"token": "no_token"}),
    "meetings:comment": (OF_THE_BODY, {"pk": "held.minutes.pk"}),
    "meetings:meeting_feed": (EVERYBODY, {}),
    "meetings:minutes_feed": (EVERYBODY, {}),
    "meetings:decision_feed": (EVERYBODY, {}),
    "meetings:meeting_feed_of_body": (EVERYBODY, {"slug": "body.slug"}),
    "meetings:minutes_feed_of_body": (EVERYBODY, {"slug": "body.slug"}),
    "meetings:decision_feed_of_body": (EVERYBODY, {"slug": "body.slug"}),
    "committees:committees": (EVERYBODY, {}),
    "committees:committee": (EVERYBODY, {"slug": "body.slug"}),
    "committees:sessions": (EVERYBODY, {"slug": "body.slug"}),
    "committees:yearbook_file": (OF_THE_BODY, {"slug": "body.slug", "year": "held.held_on.year"}),
    "committees:proposals": (EVERYBODY, {"slug": "body.slug"}),
    "committees:session": (OF_THE_BODY, {"slug": "body.slug", "number": "held.number"}),
    "committees:materials_file": (OF_THE_BODY, {"slug": "body.slug", "number": "held.number"}),
    "committees:planned": (OF_THE_BODY, {"slug": "body.slug", "pk": "announced.pk"}),
    "committees:agenda_file": (OF_THE_BODY, {"slug": "body.slug", "number": "held.number"}),
    "committees:minutes_file": (OF_THE_BODY, {"slug": "body.slug", "number": "held.number"}),
    "committees:attendance_file": (OF_THE_BODY, {"slug": "body.slug", "number": "held.number"}),
    "committees:report_file": (OF_THE_BODY, {"slug": "body.slug", "number": "reported.number"}),
    "committees:pack_file": (OF_THE_BODY, {"slug": "body.slug", "number": "held.number"}),
    "committees:planned_pack_file": (OF_THE_BODY, {"slug": "body.slug", "pk": "announced.pk"}),
    "committees:planned_report_file": (NOBODY_BY_ROLE, {"slug": "body.slug", "pk": "announced.pk"}),
    "committees:planned_agenda_file": (OF_THE_BODY, {"slug": "body.slug", "pk": "announced.pk"}),
    "committees:planned_minutes_file": (WRITERS, {"slug": "body.slug", "pk": "announced.pk"}),
    "committees:planned_attendance_file": (WRITERS, {"slug": "body.slug", "pk": "announced.pk"}),
    "committees:proposal": (OF_THE_BODY, {"pk": "proposal.pk"}),
    "publications:announcement_feed": (EVERYBODY, {}),
    "publications:announcement_feed_of_body": (EVERYBODY, {"slug": "body.slug"}),
    "publications:edition_feed_of_body": (EVERYBODY, {"slug": "body.slug"}),
    "publications:edition_feed": (EVERYBODY, {}),
    "publications:publications": (EVERYBODY, {}),
    "publications:announcements": (EVERYBODY, {}),
    "publications:announcement": (OF_THE_COUNCIL, {"pk": "announcement.pk"}),
    "publications:announcement_file": (OF_THE_COUNCIL, {"pk": "announcement.pk", "name": "file.name"}),
    "publications:announcement_cover": (OF_THE_COUNCIL, {"pk": "announcement.pk"}),
    "publications:announcement_cover_thumbnail": (OF_THE_COUNCIL, {"pk": "announcement.pk"}),
    "publications:document": (OF_THE_COUNCIL, {"slug": "edition.document.slug"}),
    "publications:edition": (OF_THE_COUNCIL, {"slug": "edition.document.slug", "number": "edition.number"}),
    "publications:document_paper_file": (
        OF_THE_COUNCIL,
        {"slug": "edition.document.slug", "name": "edition.document.slug"},
    ),
    "publications:edition_paper_file": (OF_THE_COUNCIL, {"slug": "edition.document.slug", "number": "edition.number"}),
    "publications:edition_cover": (OF_THE_COUNCIL, {"slug": "edition.document.slug", "number": "edition.number"}),
    "publications:edition_cover_thumbnail": (
        OF_THE_COUNCIL,
        {"slug": "edition.document.slug", "number": "edition.number"},
    ),
    "publications:changes": (OF_THE_COUNCIL, {"slug": "edition.document.slug"}),
    "publications:edition_changes": (
        OF_THE_COUNCIL,
        {"slug": "edition.document.slug", "number": "edition.number", "since": "earlier.number"},
    ),
    "publications:article": (
        OF_THE_COUNCIL,
        {"slug": "edition.document.slug", "number": "earlier.number", "article": "article.number"},
    ),
    "publications:edition_file": (
        OF_THE_COUNCIL,
        {"slug": "edition.document.slug", "number": "edition.number", "name": "file.name"},
    ),
}
# Made by others (allauth), and tried by tests/members.
OTHERS = ("account_", "mfa_", "usersessions_", "socialaccount_")


def named_routes(patterns=None, prefix: str = "", namespace: str = ""):
    """Every address but the admin's: its name and its route, as the URL configuration writes them."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            if pattern.app_name != "admin":
                inner = f"{pattern.namespace}:" if pattern.namespace else namespace
                yield from named_routes(pattern.url_patterns, prefix + str(pattern.pattern), inner)
        else:
            yield f"{namespace}{pattern.name or ''}", prefix + str(pattern.pattern)


def test_every_address_has_its_rule():
    without = {
        name
        for name, route in named_routes()
        if not route.startswith((OF_A_MEETING, *OF_NO_MEETING)) and not name.startswith(OTHERS) and name not in RULES
    }

    assert without == set()


def world_of(**body):
    """What the addresses are of: records of one body, for its members, and of the council, for its members."""
    body = make.BodyFactory(**body)
    held = make.MeetingFactory(body=body, held=True, visibility=Visibility.BODY)
    file = store(upload(picture(), "photo.png"), by=None)
    decision = make.DecisionFactory(meeting=held, published=True, visibility=Visibility.BODY)
    material = make.MaterialFactory(meeting=held, visibility=Visibility.BODY, file=file, thumbnail=file)
    make.AgendaItemFactory(meeting=held, visibility=Visibility.BODY)
    make.AttendanceFactory(meeting=held)
    make.MinutesFactory(meeting=held, circulated=True)
    reported = make.MeetingFactory(body=body, held=True, visibility=Visibility.BODY)
    make.MinutesFactory(meeting=reported, published=True, visibility=Visibility.BODY)
    announced = make.MeetingFactory(body=body, announced=True, visibility=Visibility.BODY)
    make.AgendaItemFactory(meeting=announced, visibility=Visibility.BODY)
    make.AttendanceFactory(meeting=announced)
    make.MinutesFactory(meeting=announced)
    assignment = make.AssignmentFactory(decision=decision)
    own = {"published": True, "visibility": Visibility.MEMBERS, "file": file, "cover": file}
    document = make.DocumentFactory(visibility=Visibility.MEMBERS)
    article = make.ArticleFactory(edition=make.EditionFactory(document=document))
    publish(article.edition, by=None)
    return SimpleNamespace(
        body=body,
        held=held,
        reported=reported,
        file=file,
        decision=decision,
        material=material,
        announced=announced,
        invitation=make.InvitationFactory(meeting=announced),
        follow_up=make.FollowUpFactory(assignment=assignment, file=file),
        proposal=make.ProposalFactory(committee=body, submitted=True, visibility=Visibility.BODY),
        person=make.PersonFactory(visibility=Visibility.MEMBERS),
        organization=make.OrganizationFactory(visibility=Visibility.MEMBERS),
        announcement=make.AnnouncementFactory(**own),
        article=article,
        earlier=article.edition,
        edition=make.EditionFactory(published=True, text="<p>متن</p>", file=file, cover=file, document=document),
        issued=issue(make.AnnouncementFactory(**own)),
        notice=SimpleNamespace(pk=1),
        no_token="no-token",
        section="pages",
        attend="attend",
        year=1404,
        month=7,
        quarter=3,
    )


@pytest.fixture(autouse=True)
def _documents_are_issued(monkeypatch):
    monkeypatch.setitem(kinds._kinds, SAMPLE.name, SAMPLE)


def client_for(client_of, role, body):
    return client_of("officer", make.BodyFactory()) if role == "officer_elsewhere" else client_of(role, body)


def is_let_in(answer) -> bool:
    """405: the address is only posted to, and says so before it looks who asks."""
    is_to_sign_in = answer.status_code == 302 and answer.url.startswith("/accounts/login/")
    return answer.status_code not in (401, 403, 404, 405) and not is_to_sign_in


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_who_is_let_in_at_each_address(client_of, role):
    assembly, committee = world_of(assembly=True), world_of()
    elsewhere = None if role in ("body_member", "officer") else client_for(client_of, role, assembly.body)
    clients = {one.body.pk: elsewhere or client_of(role, one.body) for one in (assembly, committee)}
    wrong = []

    for name, (let_in, path) in RULES.items():
        world = committee if name.startswith("committees:") else assembly
        client = clients[world.body.pk]
        address = reverse(name, kwargs={key: attrgetter(value)(world) for key, value in path.items()})
        got = client.get(address)
        if got.streaming:
            b"".join(got.streaming_content)
        if role in let_in:
            wrong += [] if is_let_in(got) or got.status_code == 405 else [(name, got.status_code)]
            continue
        before = Revision.objects.get().number
        posted = client.post(address, {"text": "نفوذ", "title": "نفوذ", "answer": "attend"})
        touched = Revision.objects.get().number != before
        wrong += [(name, got.status_code, posted.status_code)] if is_let_in(got) or is_let_in(posted) or touched else []

    assert wrong == []


# The admin: the secretariat's and the administrator's; there the membership is kept


def admin_addresses(pk: int) -> list[str]:
    """Every address of the admin, each about the row `pk` where it is about one."""
    places = {"object_id": pk, "content_type_id": 1, "app_label": "members", "name": "cancel", "pk": pk, "url": "x"}
    found = []
    for pattern in _flat(admin.site.get_urls()):
        names = pattern.pattern.converters or pattern.pattern.regex.groupindex
        if pattern.name and pattern.name not in ("login", "logout"):
            found.append(reverse(f"admin:{pattern.name}", kwargs={name: places.get(name, pk) for name in names}))
    return found


def _flat(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _flat(pattern.url_patterns)
        else:
            yield pattern


@pytest.mark.parametrize("role", sorted(EVERYBODY - {"secretariat", "administrator"}))
def test_nobody_but_the_secretariat_and_the_administrator_enters_the_admin(client_of, role):
    service = make.MembershipFactory()
    client = client_for(client_of, role, service.body)
    addresses = admin_addresses(service.pk)
    before = list(Membership.objects.order_by("pk").values())

    let_in = [
        address
        for address in addresses
        for answer in (client.get(address), client.post(address, {"role": "chair", "post": "yes"}))
        if not (answer.status_code in (403, 404) or answer.status_code == 302 and "/login/" in answer.url)
    ]

    assert len(addresses) > 100
    assert let_in == []
    assert list(Membership.objects.order_by("pk").values()) == before


# Rights end with the term, at midnight in Tehran


@pytest.mark.parametrize(
    ("moment", "status"),
    [((1404, 12, 29, 23, 59), 200), ((1405, 1, 1, 0, 0), 404), ((1405, 1, 1, 0, 1), 404), ((1405, 1, 1, 3, 31), 404)],
)
def test_an_officers_rights_end_with_the_term_at_midnight_in_tehran(client, set_clock, moment, status):
    body = make.BodyFactory()
    meeting = make.MeetingFactory(body=body, announced=True)
    draft = make.ProposalFactory(committee=body)
    service = make.MembershipFactory(body=body, role="chair", end_on=PartialDate.day(1404, 12, 29))
    now = set_clock(*moment)  # midnight is half past eight in the evening before, UTC
    client.force_login(make.UserFactory(person=service.person), backend=ACCOUNTS)

    addresses = [
        f"/desk/meetings/{meeting.pk}/",
        f"/desk/meetings/{meeting.pk}/finish/",
        f"/desk/proposals/{draft.pk}/",
    ]

    assert (now.hour, now.minute) == moment[3:]
    assert {client.get(address).status_code for address in addresses} == {status}
    assert client.get("/desk/meetings/new/").status_code == (200 if status == 200 else 403)


def test_a_form_that_was_opened_before_midnight_is_refused_after_it(client, set_clock):
    body = make.BodyFactory()
    draft = make.ProposalFactory(committee=body, addressee=make.BodyFactory(board=True))
    service = make.MembershipFactory(body=body, role="secretary", end_on=PartialDate.day(1404, 12, 29))
    set_clock(1404, 12, 29, 23, 59)
    client.force_login(make.UserFactory(person=service.person), backend=ACCOUNTS)
    address = f"/desk/proposals/{draft.pk}/"
    assert client.get(address).status_code == 200

    set_clock(1405, 1, 1, 0, 0)
    answer = client.post(address, {"title": "پس از پایان", "text": "<p>متن</p>", "opened_version": 1, "_submit": "1"})

    draft.refresh_from_db()
    assert answer.status_code == 404
    assert draft.title != "پس از پایان"


@pytest.mark.parametrize(("moment", "status"), [((1405, 1, 1, 23, 59), 404), ((1405, 1, 2, 0, 0), 200)])
def test_a_successors_rights_begin_at_midnight_in_tehran(client, set_clock, moment, status):
    meeting = make.MeetingFactory(announced=True)
    service = make.MembershipFactory(body=meeting.body, role="chair", start_on=PartialDate.day(1405, 1, 2))
    set_clock(*moment)
    client.force_login(make.UserFactory(person=service.person), backend=ACCOUNTS)

    assert client.get(f"/desk/meetings/{meeting.pk}/").status_code == status
