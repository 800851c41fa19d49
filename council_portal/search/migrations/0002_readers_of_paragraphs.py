from django.db import migrations, models

# What was closed to all but those who write it had no rows: `reindex_search --stale`, a part of `prepare`, makes them.
KEEP_READERS = """
    UPDATE search_paragraph
    SET readers = CASE visibility WHEN 'body' THEN 'body:' || body ELSE visibility END, analysis = 0
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0001_search_index")]

    operations = [
        migrations.AddField(
            model_name="paragraph",
            name="readers",
            field=models.CharField(default="secretariat", max_length=33),
            preserve_default=False,
        ),
        migrations.RunSQL(KEEP_READERS, migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="paragraph", name="paragraph_once"),
        migrations.RemoveConstraint(model_name="paragraph", name="paragraph_of_a_body"),
        migrations.RemoveField(model_name="paragraph", name="visibility"),
        migrations.AddConstraint(
            model_name="paragraph",
            constraint=models.UniqueConstraint(
                fields=("source", "object_id", "readers", "ordinal"), name="paragraph_once"
            ),
        ),
    ]
