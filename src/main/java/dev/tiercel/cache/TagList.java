package dev.tiercel.cache;

import java.util.List;

/** Tags in the order in which they were given. */
record TagList(List<Tag> list) implements Tags {}
