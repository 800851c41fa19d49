"""A fictional council on top of the real record, for trying the portal and for measuring it."""
