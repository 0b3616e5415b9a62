"""The blank data-collection template, written from the spec.

`template_bytes` gives it; `Lists`, `TemplateOptions` and `Content` say for whom and with what filled in.
"""

from workbook_engine.template.build import template_bytes
from workbook_engine.template.options import Content, Lists, TemplateOptions, Typed
from workbook_engine.template.refill import content_of, groups_of

__all__ = [
    "Content",
    "Lists",
    "TemplateOptions",
    "Typed",
    "content_of",
    "groups_of",
    "template_bytes",
]
