from .announcements import Announcement
from .citations import ArticleRule, Citation
from .distribution import Disc, Dispatch, Recipient
from .documents import Article, ArticleNote, Document, Edition

__all__ = [
    "Announcement",
    "Article",
    "ArticleNote",
    "ArticleRule",
    "Citation",
    "Disc",
    "Dispatch",
    "Document",
    "Edition",
    "Recipient",
]
