import pytest
from django import forms

from council_portal.files.forms import StoredFileField
from council_portal.files.kinds import PICTURES
from council_portal.files.models import StoredFile
from council_portal.files.storing import store
from meetings.models import Material
from tests.factories import MaterialFactory, UserFactory

from . import samples

pytestmark = pytest.mark.django_db


class MaterialForm(forms.ModelForm):
    class Meta:
        model = Material
        fields = ["title", "text", "file"]
        field_classes = {"file": StoredFileField}


def form_of(material, upload=None, **data):
    return MaterialForm({"title": "عنوان", **data}, {"file": upload} if upload else {}, instance=material)


def test_an_upload_is_stored_and_kept_with_the_record():
    material = form_of(MaterialFactory(), samples.upload(samples.PDF, "سخنرانی.pdf")).save()

    assert Material.objects.get(pk=material.pk).file.name == "سخنرانی.pdf"


def test_without_an_upload_the_present_file_stays():
    material = MaterialFactory(file=store(samples.upload(samples.PDF), by=None))

    form = form_of(material)

    assert form.save().file == StoredFile.objects.get()
    assert "file" not in form.changed_data


def test_the_present_file_can_be_taken_away():
    material = MaterialFactory(file=store(samples.upload(samples.PDF), by=None))

    assert form_of(material, text="متن", **{"file-clear": "on"}).save().file is None


def test_a_refused_file_leaves_the_rest_of_the_form_as_it_was():
    form = form_of(MaterialFactory(), samples.upload(samples.HTML, "a.pdf"), text="متن بلند")

    assert list(form.errors) == ["file"]
    assert "متن بلند" in form.as_p()


def test_a_mistake_elsewhere_does_not_cost_the_upload():
    material = MaterialFactory()
    form = form_of(material, samples.upload(samples.PDF, "سخنرانی.pdf"), title="")
    assert list(form.errors) == ["title"]

    shown = form["file"].subwidgets[0].data
    again = form_of(material, text="متن", **{shown["token_name"]: shown["token"]})

    assert "سخنرانی.pdf" in str(form["file"])
    assert again.save().file.name == "سخنرانی.pdf"


def test_a_forged_pass_gives_no_file():
    store(samples.upload(samples.PDF), by=None)

    assert form_of(MaterialFactory(), text="متن", **{"file-kept": "1:x:y"}).save().file is None


def test_a_form_shows_the_file_of_a_loaded_record_without_asking_again(django_assert_num_queries):
    MaterialFactory(file=store(samples.upload(samples.PDF, "سخنرانی.pdf"), by=None))
    material = Material.objects.select_related("file").get()

    with django_assert_num_queries(0):
        assert "سخنرانی.pdf" in str(MaterialForm(instance=material)["file"])


def test_a_plain_form_takes_only_what_it_allows():
    class PictureForm(forms.Form):
        cover = StoredFileField(allowed=PICTURES, by=None)

    refused = PictureForm({}, {"cover": samples.upload(samples.PDF)})
    taken = PictureForm({}, {"cover": samples.upload(samples.picture())})

    assert not refused.is_valid()
    assert taken.is_valid()
    assert taken.cleaned_data["cover"].media_type == "image/png"
    assert ".webp" in str(PictureForm()["cover"])
    assert ".pdf" not in str(PictureForm()["cover"])


def test_who_uploaded_is_kept():
    by = UserFactory()
    field = StoredFileField(by=by)

    assert field.clean(samples.upload(samples.PDF)).stored_by == by
