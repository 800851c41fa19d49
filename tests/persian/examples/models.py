"""A model with every field of council_portal.persian; its app is installed for the tests of this folder only."""

from django.db import models

from council_portal.persian import fields
from council_portal.persian.sorting import PersianKey


class Example(models.Model):
    name = fields.CharField(max_length=50, blank=True)
    text = fields.TextField(blank=True)
    held_on = fields.PartialDateField("held", null=True, blank=True, db_index=True)
    due_on = fields.DateField(null=True, blank=True)
    begins = fields.TimeField(null=True, blank=True)
    sent_at = fields.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "examples"
        managed = False  # or the test database would get it before the function that its check calls
        indexes = [models.Index(PersianKey("name"), name="example_by_name")]

    def __str__(self):
        return self.name
