from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0004_names_with_a_wrong_letter")]

    operations = [migrations.AddField("paragraph", "changed_at", models.DateTimeField(null=True))]
