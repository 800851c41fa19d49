"""The words of the index, from which a mistyped one is guessed and a begun one completed."""

from django.db import connection, transaction

from . import typos
from .models import Term, TermKey

SEEN = 2  # in so many paragraphs at least, for a word to be guessed

# Each token leaves its stem in the index and, after "=", the form that was written, where that is another.
COUNT_WORDS = """
    INSERT INTO search_term (word, paragraphs)
    SELECT ltrim(word, '='), max(ndoc) FROM ts_stat('SELECT tsv FROM search_paragraph')
    WHERE word !~ '[0-9]' AND length(word) BETWEEN 2 AND 40 GROUP BY 1
"""


@transaction.atomic
def refresh_terms() -> int:
    """Count the words of the index anew; returns how many there are."""
    TermKey.objects.all().delete()
    Term.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(COUNT_WORDS)
    words = Term.objects.filter(paragraphs__gte=SEEN).values_list("word", flat=True)
    keys = (TermKey(key=key, term_id=word) for word in words.iterator() for key in typos.keys_of(word))
    TermKey.objects.bulk_create(keys, batch_size=5000)
    return Term.objects.count()
