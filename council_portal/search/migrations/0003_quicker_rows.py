from django.db import migrations, models

# Matching and ranking read the words of each row, counting its choices: these stay in it, and the text goes elsewhere
# where a row grows too long, for it is read of the ten that are shown alone.
KEPT = ("tsv", "organizations", "statuses", "cited_as", "rests_on")


class Migration(migrations.Migration):
    dependencies = [("search", "0002_readers_of_paragraphs")]

    operations = [
        migrations.RunSQL(
            f"ALTER TABLE search_paragraph {', '.join(f'ALTER {name} SET STORAGE MAIN' for name in KEPT)},"
            " ALTER text SET STORAGE EXTERNAL",
            f"ALTER TABLE search_paragraph {', '.join(f'ALTER {name} SET STORAGE EXTENDED' for name in KEPT)},"
            " ALTER text SET STORAGE EXTENDED",
        ),
        migrations.AddIndex(
            "paragraph",
            models.Index(condition=models.Q(ordinal=0), fields=["kind", "object_id"], name="paragraph_titles"),
        ),
        migrations.AddIndex(
            "paragraph",
            models.Index(condition=models.Q(ordinal=0), fields=["document"], name="paragraph_titles_within"),
        ),
    ]
