from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from council_portal.persian.calendar import today
from council_portal.persian.quarters import Quarter

from . import calendar_links, metadata
from .directory import directory_of, neighbours
from .duties import duties_of
from .forms import AccountForm, ContactForm, MailForm, OrganizationFilter, PeopleFilter
from .hostings import count_members_and_hostings, hostings_of
from .models import Membership, Organization, Person
from .roster import by_person

MATERIALS_SHOWN = 20
QUARTERS_SHOWN = 4


@require_safe
def people(request):
    form = PeopleFilter(request.GET)
    rows = form.apply(Person.objects.visible_to(request.user), user=request.user).alphabetical()
    services = services_for(request.user).in_service(on=today())
    rows = rows.prefetch_related(Prefetch("memberships", services.by_rank(), to_attr="services"))
    directory = directory_of(request, rows, "family_name")
    return render(request, "members/people.html", {"directory": directory, "form": form})


def services_for(user):
    """Services with body and organisation, without the organisations that `user` may not see."""
    organizations = Organization.objects.visible_to(user)
    return (
        Membership.objects.visible_to(user)
        .select_related("body")
        .prefetch_related(Prefetch("organization", organizations))
    )


@require_safe
def person(request, pk):
    seen = Person.objects.visible_to(request.user)
    person = get_object_or_404(seen, pk=pk)
    context = {
        "person": person,
        "services": services_for(request.user).filter(person=person).latest_first(on=today()),
        "materials": person.materials.visible_to(request.user)
        .not_withdrawn()
        .select_related("meeting__body")
        .newest_first()[:MATERIALS_SHOWN],
        "may_contact": request.user.has_perm("members.view_contact"),
        **neighbours(seen, person, "family_name", "given_name"),
    }
    return render(request, "members/person.html", context)


@require_safe
def organizations(request):
    form = OrganizationFilter(request.GET)
    directory = directory_of(request, form.apply(Organization.objects.visible_to(request.user)).alphabetical(), "name")
    count_members_and_hostings(directory.page, user=request.user, on=today())
    return render(request, "members/organizations.html", {"directory": directory, "form": form})


@require_safe
def organization(request, slug):
    seen = Organization.objects.visible_to(request.user)
    organization = get_object_or_404(seen.prefetch_related(Prefetch("parent", seen)), slug=slug)
    services = Membership.objects.visible_to(request.user).filter(organization=organization)
    context = {
        "organization": organization,
        "names": organization.other_names.all(),
        "children": organization.children.visible_to(request.user).alphabetical(),
        "members": by_person(services.in_service(on=today()).select_related("person", "body").by_rank()),
        "hostings": hostings_of(organization, user=request.user),
        "turn": organization.host_turns.visible_to(request.user).ahead().first(),
        "duties": duties_of(organization, user=request.user, on=today()),
        "quarters": Quarter.latest(on=today(), count=QUARTERS_SHOWN),
        "about": metadata.organization(
            organization,
            request.build_absolute_uri,
            parent=str(organization.parent) if organization.parent else "",
        ),
        **neighbours(seen, organization, "name"),
    }
    return render(request, "members/organization.html", context)


@login_required
def profile(request):
    """The signed-in person's own data: what is on record, and how to reach them, which they keep up themselves."""
    form = _contact_form(request.user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        form.save()
        messages.success(request, _("Your data has been saved."))
        return redirect("members:profile")
    return _profile_page(request, form, MailForm(instance=request.user))


@require_POST
@login_required
def mail_choice(request):
    """How often the signed-in person is told by e-mail of what stands in their inbox."""
    choice = MailForm(request.POST, instance=request.user)
    if choice.is_valid():
        choice.save()
        messages.success(request, _("Your choice has been saved."))
        return redirect("members:profile")
    return _profile_page(request, _contact_form(request.user), choice)


def _contact_form(user, data=None) -> ContactForm | AccountForm:
    return ContactForm(data, instance=user.person, account=user) if user.person else AccountForm(data, instance=user)


def _profile_page(request, form, choice):
    user, person = request.user, request.user.person
    services = person.memberships.select_related("body", "organization").latest_first(on=today()) if person else []
    page = Person.objects.visible_to(user).filter(pk=user.person_id).first()
    token = calendar_links.token_of(user)
    context = {
        "form": form,
        "choice": choice,
        "page": page,
        "services": services,
        "roles": roles_of(user),
        "calendar_path": reverse("meetings:personal_calendar_feed", args=[token]) if token else "",
    }
    return render(request, "members/profile.html", context)


def roles_of(user) -> list[str]:
    """The roles of an account today, in words, beside the services that say the rest."""
    standing = user.standing
    roles = {
        _("Secretariat"): standing.is_secretariat,
        _("Administrator"): standing.is_administrator,
        _("Follow-up officer"): standing.is_follow_up_officer,
        _("Member"): standing.is_member,
    }
    return [role for role, held in roles.items() if held]
