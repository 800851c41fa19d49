"""The pages on which a meeting is worked on, by the secretariat and by the officers of its body: `/desk/meetings/…`."""
