"""The text of a book before its contents, which are made of it: see issuing.contents.

{% text as text %}…{% endtext %}                                    puts what is between into a variable
{% include "paper/contents.html" with entries=text|entries only %}
{{ text }}
"""

from django import template
from django.utils.safestring import SafeString

from council_portal.issuing.contents import entries_of

register = template.Library()

register.filter("entries", entries_of)


@register.simple_block_tag
def text(content: SafeString) -> SafeString:
    return content
