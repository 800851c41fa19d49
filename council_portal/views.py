"""The pages above all apps: the home page and what the council is."""

from django.shortcuts import render


def home(request):
    """What is next, what is new, and what awaits the signed-in person."""
    return render(request, "home.html")


def about(request):
    """What the council is for, by which names, with which board and committees."""
    return render(request, "about.html")
