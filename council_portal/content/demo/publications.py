"""The fictional charter, bylaws, directives, reports and announcements, and to whom they were sent."""

from datetime import date, timedelta

from council_portal.access.visibility import Visibility
from council_portal.persian.partial_date import PartialDate
from council_portal.persian.text import ordinal_before, to_persian_digits
from council_portal.persian.wording import weekday_date
from meetings.models import Material
from members.by_article import Rule
from members.models import Body
from publications.models import (
    Announcement,
    Article,
    ArticleNote,
    ArticleRule,
    Citation,
    Disc,
    Dispatch,
    Document,
    Edition,
    Recipient,
)

from .prose import paragraphs, read
from .record import Proceedings
from .schedule import Stage
from .world import World, moment

ADOPTED_IN = {"bylaws": 20, "charter": 22}
AMENDED_IN = 25
# What the fictional bylaws say of the portal's rules: by rule and kind of body the heading of the article.
RULES = {
    (Rule.QUORUM, Body.Kind.ASSEMBLY): "مجمع عمومی",
    (Rule.CADENCE, Body.Kind.ASSEMBLY): "مجمع عمومی",
    (Rule.INVITATION, Body.Kind.ASSEMBLY): "مجمع عمومی",
    (Rule.TERMS, Body.Kind.BOARD): "هیئت رئیسه",
    (Rule.CADENCE, Body.Kind.COMMITTEE): "کمیته‌ها",
    (Rule.HOSTING, ""): "میزبانی",
    (Rule.MINUTES, ""): "صورت‌جلسه و مصوبات",
    (Rule.FOLLOW_UP, ""): "پیگیری",
}
QUORUM = 61  # "more than half of the members" of 120, as the fictional article says
# A decision whose text has the word rests on the article of this heading.
CITED = {
    "یکسان": "یکسانی",
    "آموزش": "آموختن و آموزاندن",
    "مهلت": "سرعت",
    "پیگیری": "پیگیری",
    "صورت‌جلسه": "صورت‌جلسه و مصوبات",
    "دستگاه‌های عضو": "عضویت",
}
MOST_CITATIONS = 4  # of one article
RECIPIENTS = 14
REPORTS_SENT = 5
WITHOUT_COVER = 4  # one report in so many
MEDIA = (Dispatch.Medium.PRINT, Dispatch.Medium.DISC, Dispatch.Medium.NETWORK, Dispatch.Medium.EMAIL)


def add_publications(world: World, proceedings: list[Proceedings]) -> list[tuple[Edition, date]]:
    """Add them all; return the editions to be published once their articles are in, with the days of publishing."""
    assemblies = [r for r in proceedings if r.slug == "assembly" and r.sitting.stage is Stage.HELD]
    texts = read("documents.toml")
    waiting = []
    for slug, number in ADOPTED_IN.items():
        record = next(record for record in assemblies if record.meeting.number == number)
        edition = _add_edition(world, Document.objects.get(kind=slug), 2, record)
        _add_articles(world, edition, texts[slug]["articles"])
        waiting.append((edition, record.day + timedelta(days=7)))
    record = next(record for record in assemblies if record.meeting.number == AMENDED_IN)
    third = _add_edition(world, Document.objects.get(kind="bylaws"), 3, record)
    _add_articles(world, third, amended(texts["bylaws"]))
    waiting.append((third, record.day + timedelta(days=7)))
    for n, directive in enumerate(texts["directives"]):
        edition = _add_directive(world, directive, assemblies[5 + n])
        waiting.append((edition, assemblies[5 + n].day + timedelta(days=7)))
    reports = [_add_report(world, record) for record in assemblies[:-1]]
    _add_announcements(world)
    _send(world, reports[-REPORTS_SENT:])
    _add_discs(world, assemblies)
    return waiting


def publish(world: World, editions: list[tuple[Edition, date]]) -> None:
    """Publish entered editions, which freezes their articles."""
    for edition, day in editions:
        Edition.objects.filter(pk=edition.pk).update(
            published_at=moment(min(day, world.yesterday), 8), published_by=world.accounts["secretariat"]
        )


def amended(bylaws: dict) -> list[dict]:
    """The articles of the third edition: those of the second with what the amendment says."""
    amendment = bylaws["amended"]
    changed = {entry["heading"]: entry for entry in amendment["changed"]}
    added = {entry["after"]: entry for entry in amendment["added"]}
    articles = []
    for entry in bylaws["articles"]:
        if entry["heading"] not in amendment["removed"]:
            articles.append(changed.get(entry["heading"], entry))
        if entry["heading"] in added:
            articles.append(added[entry["heading"]])
    return articles


def add_rules() -> None:
    """Say from which published article each rule of the portal follows, and what the quorum is."""
    articles = {article.heading: article for article in _articles_in_force(Document.Kind.BYLAWS)}
    ArticleRule.objects.bulk_create(
        ArticleRule(rule=rule, body_kind=body_kind, article=articles[heading])
        for (rule, body_kind), heading in RULES.items()
    )
    Body.objects.assembly().update(quorum=QUORUM)


def add_citations(proceedings: list[Proceedings]) -> None:
    """Let decisions rest on articles of the editions that were published when they were taken, those of the assembly,
    which everybody may read, before others."""
    founding = Article.objects.filter(edition__document__kind__in=["charter", "bylaws"], heading__in=CITED.values())
    articles = list(founding.select_related("edition").order_by("-edition__number"))
    cited: dict[tuple[int, int], Citation] = {}
    for record in sorted(proceedings, key=lambda one: one.slug != "assembly"):
        for ruling in record.rulings:
            for word, heading in CITED.items():
                in_force = [one for one in articles if one.heading == heading and _is_begun(one.edition, record.day)]
                so_far = sum(article_id == in_force[0].pk for _, article_id in cited) if in_force else MOST_CITATIONS
                if word in ruling.decision.text and so_far < MOST_CITATIONS:
                    citation = Citation(decision=ruling.decision, article=in_force[0])
                    cited[citation.decision_id, citation.article_id] = citation
    Citation.objects.bulk_create(cited.values())


def _is_begun(edition: Edition, day: date) -> bool:
    return edition.in_force_from is not None and edition.in_force_from.first <= day


def _articles_in_force(kind: str):
    edition = Edition.objects.filter(document__kind=kind).order_by("-number").first()
    return edition.articles.all()


def _add_edition(world: World, document: Document, number: int, record: Proceedings) -> Edition:
    return world.add(
        Edition(
            document=document,
            number=number,
            adopted_in=record.meeting,
            adopted_on=PartialDate.from_date(record.day),
            in_force_from=PartialDate.from_date(record.day + timedelta(days=15)),
            text=paragraphs("متن نمایشی: این ویرایش برای نشان دادن کار درگاه نوشته شده و سند واقعی اجلاس نیست."),
        )
    )


def _add_articles(world: World, edition: Edition, articles: list[dict]) -> None:
    for number, entry in enumerate(articles, start=1):
        article = world.add(
            Article(edition=edition, number=number, heading=entry["heading"], text=paragraphs(entry["text"]))
        )
        for note_number, note in enumerate(entry.get("notes", ()), start=1):
            world.add(ArticleNote(article=article, number=note_number, text=paragraphs(note)))


def _add_directive(world: World, directive: dict, record: Proceedings) -> Edition:
    document = world.add(
        Document(
            slug=directive["slug"],
            kind=Document.Kind.DIRECTIVE,
            title=directive["title"],
            summary=directive["summary"],
            body=world.bodies["expertise"],
        )
    )
    edition = world.add(
        Edition(document=document, adopted_in=record.meeting, adopted_on=PartialDate.from_date(record.day))
    )
    _add_articles(world, edition, directive["articles"])
    return edition


def _add_report(world: World, record: Proceedings) -> Edition:
    number = record.meeting.number
    document = world.add(
        Document(
            slug=f"report-{number}",
            kind=Document.Kind.REPORT,
            title=f"گزارش {ordinal_before(number)} اجلاس",
            summary=f"خلاصه گفت‌وگوها و مصوبات نشست {weekday_date(record.day)} به میزبانی {record.meeting.host.name}.",
            body=world.bodies["assembly"],
            meeting=record.meeting,
        )
    )
    published_at = moment(min(record.day + timedelta(days=21), world.yesterday), 8)
    cover = _picture_of(world, record) if number % WITHOUT_COVER else None
    return world.add(
        Edition(
            document=document,
            cover=cover and cover.file,
            cover_thumbnail=cover and cover.thumbnail,
            text=_report_text(record),
            published_at=published_at,
            published_by=world.accounts["secretariat"],
        )
    )


def _picture_of(world: World, record: Proceedings) -> Material | None:
    pictures = [one for one in world.rows.of(Material) if one.kind == Material.Kind.PICTURE]
    return next((one for one in pictures if one.meeting is record.meeting), None)


def _report_text(record: Proceedings) -> str:
    topics = "".join(f"<li>{item.title}</li>" for item in record.items if item.visibility == Visibility.PUBLIC)
    decisions = "".join(
        f"<li>{ruling.decision.text}</li>"
        for ruling in record.rulings
        if ruling.decision.visibility == Visibility.PUBLIC
    )
    present = to_persian_digits(record.present_count)
    return (
        paragraphs(f"در این نشست {present} نفر از اعضا حضور داشتند یا جانشین فرستاده بودند.")
        + f"<h3>دستور نشست</h3><ol>{topics}</ol><h3>مصوبات</h3><ul>{decisions}</ul>"
    )


def _add_announcements(world: World) -> None:
    for entry in read("announcements.toml")["announcements"]:
        days_ago = entry.get("days_ago")
        day = world.today - timedelta(days=days_ago) if days_ago else None
        withdrawn_because = entry.get("withdrawn_because", "")
        secretariat = world.accounts["secretariat"]
        world.add(
            Announcement(
                title=entry["title"],
                text=paragraphs(entry["text"]),
                visibility=entry["visibility"],
                published_at=moment(day, 9) if day else None,
                published_by=secretariat if day else None,
                expires_on=day + timedelta(days=entry["days"]) if day else None,
                withdrawn_at=moment(day + timedelta(days=1), 9) if withdrawn_because else None,
                withdrawn_by=secretariat if withdrawn_because else None,
                withdrawn_because=withdrawn_because,
            )
        )


def _send(world: World, editions: list[Edition]) -> None:
    """Send reports to managers and officials; most have confirmed."""
    organizations = list(world.organizations.values())[:RECIPIENTS]
    recipients = [
        world.add(
            Recipient(
                name=f"دفتر {organization.name}",
                post="مدیرکل حوزه ریاست",
                organization=organization,
                email=f"office@{organization.slug}.example.org",
            )
        )
        for organization in organizations
    ]
    for edition in editions:
        sent_on = min(edition.published_at.date() + timedelta(days=3), world.today)
        for n, recipient in enumerate(recipients):
            received_on = sent_on + timedelta(days=n % 5)
            is_received = n % 4 != 3 and received_on <= world.today
            world.add(
                Dispatch(
                    edition=edition,
                    recipient=recipient,
                    medium=MEDIA[n % len(MEDIA)],
                    sent_on=sent_on,
                    received_on=received_on if is_received else None,
                    receipt=f"رسید شماره {to_persian_digits(1200 + n)}" if is_received else "",
                )
            )


def _add_discs(world: World, assemblies: list[Proceedings]) -> None:
    for number, record in enumerate(assemblies[5::6], start=1):
        day = PartialDate.from_date(record.day)
        world.add(
            Disc(
                number=number,
                title=f"لوح فشرده {ordinal_before(number)} دوره نشست‌ها",
                issued_on=PartialDate.month(day.year, day.month),
                covers=PartialDate.year(day.year),
                note="صورت‌جلسه‌ها، سخنرانی‌ها و تصویرهای شش نشست (داده نمایشی).",
            )
        )
