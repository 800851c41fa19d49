from .announcements import Announcement
from .distribution import Disc, Dispatch, Recipient
from .documents import Article, ArticleNote, Document, Edition

__all__ = ["Announcement", "Article", "ArticleNote", "Disc", "Dispatch", "Document", "Edition", "Recipient"]
