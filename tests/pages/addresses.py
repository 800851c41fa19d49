"""The page types: one representative address of each, found in the demo. A new page gets its line here.

A function returns None while the demo has nothing to show on such a page; the page is then left out.
"""

from django.urls import reverse

from committees.models import Committee, Proposal, Session
from council_portal.issuing.models import Entry
from council_portal.persian.calendar import to_jalali, today
from council_portal.persian.quarters import Quarter
from meetings.answer_links import address_of as address_of_link
from meetings.models import AgendaItem, Assignment, Decision, HostTurn, Invitation, Material, Meeting
from members.models import Membership, Organization
from publications.models import Announcement, Citation, Document, Edition


def _address(record) -> str | None:
    return record.get_absolute_url() if record is not None and hasattr(record, "get_absolute_url") else None


def full_meeting() -> str | None:
    meetings = Meeting.objects.visible_to(None).filter(
        body__kind="assembly", number__isnull=False, minutes__isnull=False
    )
    return _address(meetings.order_by("-number").first())


def full_session() -> str | None:
    return _address(
        Session.objects.visible_to(None).filter(number__isnull=False, minutes__isnull=False).order_by("-number").first()
    )


def sparse_meeting() -> str | None:
    return _address(Meeting.objects.filter(body__kind="assembly", number__isnull=False, held_on=None).first())


def planned_meeting() -> str | None:
    return _address(Meeting.objects.filter(body__kind="assembly", number=None).order_by("pk").first())


def planned_session() -> str | None:
    return _address(Session.objects.filter(number=None).exclude(body__kind="assembly").order_by("pk").first())


def sessions() -> str:
    return reverse("committees:sessions", args=[Committee.objects.order_by("pk").first().slug])


def material() -> str | None:
    return _address(Material.objects.filter(kind="speech").order_by("pk").first())


def announcement() -> str | None:
    return _address(Announcement.objects.current(on=today()).order_by("pk").first())


def decision() -> str | None:
    return _address(Decision.objects.visible_to(None).filter(assignments__isnull=False).order_by("pk").first())


def decision_excerpt() -> str | None:
    decision = Decision.objects.visible_to(None).filter(assignments__isnull=False).order_by("pk").first()
    return reverse("meetings:decision_excerpt", args=[decision.reference]) if decision else None


def work_on_decision(**meeting):
    """The page on which such a decision of the assembly is worked on."""

    def address() -> str | None:
        decisions = Decision.objects.filter(meeting__body__kind="assembly", assignments__isnull=False, **meeting)
        decision = decisions.order_by("-pk").first()
        return reverse("meetings:work_decision", args=[decision.pk]) if decision else None

    return address


def member() -> str | None:
    service = Membership.objects.officers().order_by("pk").first()
    return _address(service.person) if service else None


def organization() -> str | None:
    return _address(Organization.objects.filter(memberships__isnull=False).order_by("pk").first())


def committee() -> str | None:
    return _address(Committee.objects.order_by("pk").first())


def document() -> str | None:
    return _address(Document.objects.visible_to(None).order_by("pk").first())


def two_editions() -> list[Edition]:
    """The last two editions of the bylaws whose texts are on record."""
    bylaws = Edition.objects.visible_to(None).filter(document__kind="bylaws", is_text_on_record=True)
    return list(bylaws.select_related("document").order_by("-number")[:2])


def changes() -> str | None:
    editions = two_editions()
    if len(editions) < 2:
        return None
    new, old = editions
    return reverse("publications:edition_changes", args=[new.document.slug, new.number, old.number])


def choice_of_editions() -> str | None:
    editions = two_editions()
    return reverse("publications:changes", args=[editions[0].document.slug]) if len(editions) == 2 else None


def article() -> str | None:
    """One that changed from one edition to the next, and that is cited."""
    cited = Citation.objects.filter(article__edition__document__kind="bylaws").select_related(
        "article__edition__document"
    )
    citation = cited.order_by("-article__edition__number", "pk").first()
    return citation.article.history_url if citation else None


def citing() -> str | None:
    citation = Citation.objects.order_by("pk").first()
    return reverse("publications:cite", args=[citation.decision_id]) if citation else None


def edition() -> str | None:
    return _address(Edition.objects.visible_to(None).order_by("pk").first())


def work_on(name: str, *args, **meeting):
    """The address of a page of the work on the latest such meeting of the assembly."""

    def address() -> str | None:
        meetings = Meeting.objects.filter(body__kind="assembly", **meeting).order_by("-pk")
        return reverse(f"meetings:work_{name}", args=[meetings.first().pk, *args]) if meetings else None

    return address


def work_on_material(name: str):
    def address() -> str | None:
        material = Material.objects.filter(kind="speech").order_by("pk").first()
        return material and reverse(f"meetings:work_{name}", args=[material.meeting_id, material.pk])

    return address


def turn_step() -> str | None:
    turn = HostTurn.objects.ahead().first()
    return reverse("meetings:work_host_step", args=[turn.pk, "defer"]) if turn else None


def host_answer() -> str | None:
    host = Organization.objects.order_by("pk").first()
    return reverse("meetings:work_host_answer", args=[host.pk, "decline"]) if host else None


YEAR_OF_THE_ASSEMBLY = "year=1406&which=-1&weekday=4&starts_at=9&ends_at=12"


def item_of_minutes() -> str | None:
    items = AgendaItem.objects.filter(meeting__body__kind="assembly", meeting__minutes__status="circulated")
    item = items.filter(decisions__isnull=False).order_by("-pk").first() or items.order_by("-pk").first()
    return reverse("meetings:work_minutes_item", args=[item.meeting_id, item.pk]) if item else None


def own_invitation(name: str):
    """The finder of a page of the demo member's own invitation to the assembly's next meeting."""

    def address() -> str | None:
        meeting = Meeting.objects.announced().filter(invitations__person__user__username="member").first()
        return reverse(f"meetings:{name}", args=[meeting.pk]) if meeting else None

    return address


def answer_by_link() -> str | None:
    invitation = Invitation.objects.open(on=today()).sent().order_by("pk").first()
    return address_of_link(invitation, "substitute") if invitation else None


def work_answer() -> str | None:
    invitation = Invitation.objects.open(on=today()).filter(meeting__body__kind="assembly").order_by("pk").first()
    return reverse("meetings:work_answer", args=[invitation.meeting_id, invitation.pk]) if invitation else None


def item_of_an_agenda() -> str | None:
    item = AgendaItem.objects.filter(meeting__status="announced").order_by("pk").first()
    return reverse("meetings:work_agenda_item", args=[item.meeting_id, item.pk]) if item else None


def duty(name: str):
    """The finder of a page of a duty that waits for review."""

    def address() -> str | None:
        assignment = Assignment.objects.waiting_for_review().order_by("pk").first()
        return reverse(f"meetings:{name}", args=[assignment.pk]) if assignment else None

    return address


def decline() -> str | None:
    proposal = Proposal.objects.filter(status="submitted").order_by("pk").first()
    meeting = proposal and Meeting.objects.filter(body=proposal.addressee, number=None).order_by("pk").first()
    return reverse("meetings:work_agenda_decline", args=[meeting.pk, "committees", proposal.pk]) if meeting else None


def proposal(*statuses: str, name: str = "proposal"):
    """The finder of the page of the demo's latest proposal in one of these statuses."""

    def address() -> str | None:
        found = Proposal.objects.filter(status__in=statuses).order_by("-pk").first()
        return found and reverse(f"committees:{name}", args=[found.pk])

    return address


def issued(**of) -> str | None:
    return _address(Entry.objects.issued().filter(**of).order_by("number").first())


PAGES = {
    "home": "/",
    "about": "/about/",
    "members": "/members/",
    "member": member,
    "organizations": "/organizations/",
    "organization": organization,
    "meetings": "/meetings/",
    "meeting": full_meeting,
    "sparse meeting": sparse_meeting,
    "planned meeting": planned_meeting,
    "material": material,
    "hosts": "/meetings/hosts/",
    "committees": "/committees/",
    "committee": committee,
    "sessions": sessions,
    "session": full_session,
    "planned session": planned_session,
    "proposals of a committee": "/committees/ict/proposals/",
    "proposal adopted": proposal("adopted"),
    "proposal returned": proposal("returned"),
    "proposals of committees": "/desk/proposals/",
    "new proposal": "/desk/proposals/new/",
    "draft of a proposal": proposal("draft", name="desk_proposal"),
    "decisions": "/decisions/",
    "decision": decision,
    "excerpt of a decision": decision_excerpt,
    "work on a decision": work_on_decision(published_at__isnull=False),
    "work on a decision of a draft": work_on_decision(published_at=None, meeting__minutes__status="circulated"),
    "publications": "/publications/",
    "publication": document,
    "edition": edition,
    "two editions compared": changes,
    "two editions to choose": choice_of_editions,
    "article": article,
    "articles of a decision": citing,
    "announcements": "/publications/announcements/",
    "announcement": announcement,
    "search": "/search/",
    "search with results": "/search/?q=%DA%AF%D8%B2%D8%A7%D8%B1%D8%B4",
    "search without results": "/search/?q=%D9%86%D8%A7%D9%85%D9%88%D8%AC%D9%88%D8%AF&year=1300",
    "feed of a search": "/search/feed/mine/?q=%DA%AF%D8%B2%D8%A7%D8%B1%D8%B4",
    "calendar": "/calendar/",
    "month": "/calendar/1404/7/",
    "calendar as a list": "/calendar/list/",
    "months as a list": "/calendar/list/1404/12/?body=assembly",
    "profile": "/accounts/profile/",
    "verification": "/verify/",
    "verification of a document": lambda: issued(superseded_by=None, withdrawn_by_entry=None),
    "verification of a superseded one": lambda: issued(superseded_by__isnull=False),
    "verification of a withdrawn one": lambda: issued(withdrawn_by_entry__isnull=False),
    "desk": "/desk/",
    "inbox": "/inbox/",
    "feeds": "/feeds/",
    "damaged files": "/desk/files/",
    "work on meetings": "/desk/meetings/",
    "work on a meeting": work_on("overview", status="announced"),
    "step": work_on("step", "cancel", status="announced"),
    "materials of a meeting": work_on("materials", status="held"),
    "files to be described": work_on("uploads", status="held"),
    "new material": work_on("material_new", status="held"),
    "change of a material": work_on_material("material"),
    "withdrawal of a material": work_on_material("material_withdraw"),
    "invitations to a meeting": work_on("invitations", status="announced"),
    "letters of invitation": work_on("letters", status="announced"),
    "answer by telephone": work_answer,
    "own invitation": own_invitation("invitation"),
    "own letter of invitation": own_invitation("invitation_letter"),
    "link of a letter": answer_by_link,
    "minutes to begin": work_on("minutes", status="announced", minutes__isnull=True),
    "minutes": work_on("minutes", minutes__status="circulated"),
    "minutes approved": work_on("minutes", minutes__status="published"),
    "opening and closing": work_on("minutes_texts", minutes__status="circulated"),
    "item of the minutes": item_of_minutes,
    "minutes from Word": work_on("minutes_import", minutes__status="circulated"),
    "agenda of a planned meeting": work_on("agenda", status="planned"),
    "agenda of an announced meeting": work_on("agenda", status="announced"),
    "item of an agenda": item_of_an_agenda,
    "declining a proposal": decline,
    "finishing a meeting": work_on("finish", minutes__status__in=["draft", "circulated"]),
    "finishing a meeting to begin": work_on("finish", status="announced", minutes__isnull=True),
    "finished meeting": work_on("finish", minutes__status="published"),
    "move": work_on("step", "move", status="announced"),
    "attendance at the door": work_on("attendance", minutes__status__in=["draft", "circulated"]),
    "attendance without a list": work_on("attendance", status="announced"),
    "attendance on record": work_on("attendance", status="held"),
    "propose": "/meetings/propose/",
    "comments on minutes": work_on("comments", minutes__status="circulated"),
    "revisions of minutes": work_on("revisions", minutes__status="circulated"),
    "revision of minutes": work_on("revision", 1, minutes__status="circulated"),
    "history of a meeting": work_on("history", status="held"),
    "duties": "/desk/duties/",
    "duty": duty("duty"),
    "follow-up": "/desk/follow-up/?list=overdue",
    "followed duty": duty("followed_duty"),
    "turns of the hosts": "/desk/hosts/",
    "answer about a turn": turn_step,
    "answer before a turn": host_answer,
    "planning": "/desk/plan/",
    "preview of a year": f"/desk/plan/?body=assembly&{YEAR_OF_THE_ASSEMBLY}",
    "new meeting": "/desk/meetings/new/?body=assembly",
    "sign in": "/accounts/login/",
    "not found": "/no-such-page/",
}


def paper(name: str, **of):
    """The address of a paper of the latest meeting of the assembly that is so; `name` is its address' name."""

    def address() -> str:
        meeting = Meeting.objects.filter(body__kind="assembly", **of).order_by("-number", "pk").first()
        return reverse(f"meetings:{name}", args=[meeting.pk if meeting.number is None else meeting.number])

    return address


def draft_minutes_of_a_session() -> str:
    session = Session.objects.filter(minutes__status="draft", number__isnull=False).order_by("-pk").first()
    return f"{session.get_absolute_url()}minutes.pdf"


def follow_up_sheet() -> str:
    owing = Organization.objects.filter(assignments__status="in_progress").order_by("pk").first()
    quarter = Quarter.of(today())
    return reverse("meetings:follow_up_sheet_file", args=[owing.slug, quarter.year, quarter.number])


def edition_paper(kind: str, **of):
    def address() -> str:
        editions = Edition.objects.filter(document__kind=kind, is_text_on_record=True, **of)
        edition = editions.select_related("document").order_by("-number", "pk").first()
        return reverse("publications:edition_paper_file", args=[edition.document.slug, edition.number])

    return address


def excerpt_paper() -> str:
    decision = Decision.objects.filter(published_at__isnull=False, links__isnull=False).order_by("pk").first()
    return reverse("meetings:decision_excerpt_file", args=[decision.reference])


def yearbook(slug: str):
    return lambda: reverse("committees:yearbook_file", args=[slug, to_jalali(today())[0]])


# Documents on paper, one of each kind that the demo has, as the secretariat gets them.
PAPERS = {
    "letters of invitation": paper("letters_file", status="announced"),
    "agenda": paper("planned_agenda_file", status="announced"),
    "agenda, a draft": paper("planned_agenda_file", status="planned"),
    "sheet at the door": paper("sign_in_file", status="announced"),
    "name cards": paper("name_cards_file", status="announced"),
    "table cards": paper("tent_cards_file", status="announced"),
    "attendance": paper("attendance_file", status="held"),
    "minutes": paper("minutes_file", minutes__status="published"),
    "minutes, circulated": paper("minutes_file", minutes__status="circulated"),
    "minutes, a draft": draft_minutes_of_a_session,
    "excerpt": excerpt_paper,
    "follow-up of a quarter": follow_up_sheet,
    "charter": edition_paper("charter", published_at__isnull=False),
    "bylaws": edition_paper("bylaws", published_at__isnull=False),
    "report": paper("report_file", number=13),
    "pack": paper("planned_pack_file", status="announced"),
    "pack, a draft": paper("planned_pack_file", status="planned"),
    "yearbook of the assembly": yearbook("assembly"),
    "yearbook of a committee": yearbook("training"),
}


def address_of(page: str) -> str | None:
    address = PAGES[page]
    return address() if callable(address) else address
