package dev.tiercel.query;

/** What the repositories of these tests keep. */
public record Order(String id, String customer, int cents) {}
