from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0003_quicker_rows")]

    operations = [
        migrations.AddField("paragraph", "names", ArrayField(models.TextField(), default=list)),
        migrations.AddField("paragraph", "name_keys", ArrayField(models.TextField(), default=list)),
        migrations.AddIndex(
            "paragraph",
            GinIndex(condition=models.Q(ordinal=0), fastupdate=False, fields=["name_keys"], name="paragraph_name_keys"),
        ),
    ]
