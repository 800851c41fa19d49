"""The next edition of a document begins as a copy of the last: nobody types eleven articles again."""

from django.db import transaction
from django.utils.translation import gettext as _

from council_portal.persian.wording import digits
from meetings.holding import Refused
from members.models import User

from .models import Article, ArticleNote, Document, Edition


@transaction.atomic
def begin_next(document: Document, *, by: User) -> Edition:
    """Add the next edition as a draft with the text, the articles and the notes of the last one, and return it.

    When and where it was adopted is its own, and so are its file and its cover. Raises Refused while the last one is a
    draft itself.
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    last = document.editions.order_by("-number").first()
    if last and last.published_at is None:
        raise Refused(_("Edition %(number)s is a draft still: go on with that one.") % {"number": digits(last.number)})
    edition = Edition.objects.create(document=document, number=last.number + 1 if last else 1)
    fill(edition)
    return edition


@transaction.atomic
def fill(edition: Edition) -> bool:
    """Copy into a draft that is empty what the latest edition before it says; return whether there was anything.

    A draft that has a text, an article or a file of its own is left alone.
    """
    if edition.published_at or edition.text or edition.file_id or edition.articles.exists():
        return False
    before = Edition.objects.filter(document=edition.document_id, number__lt=edition.number, is_text_on_record=True)
    last = before.with_articles().order_by("-number").first()
    if last is None or not (last.text or last.articles.all()):
        return False
    edition.text = last.text
    edition.save()
    for article in last.articles.all():
        copy = Article.objects.create(
            edition=edition, number=article.number, heading=article.heading, text=article.text
        )
        ArticleNote.objects.bulk_create(
            ArticleNote(article=copy, number=note.number, text=note.text) for note in article.notes.all()
        )
    return True
