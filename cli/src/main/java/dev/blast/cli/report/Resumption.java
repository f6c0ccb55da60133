package dev.blast.cli.report;

import dev.blast.environment.session.Sessions;

/** A session that was frozen and was to go on, and what came of it. */
public record Resumption(Sessions.Session session, Course course) {

    /** What came of it. */
    public enum Course {
        GOES_ON("goes on"),
        ENDED("has ended meanwhile"),
        FROZEN_AGAIN("went on, and is frozen again: blast log says for what"),
        STAYS(
                "still frozen: its blast tried, and it does not go on; a control group above it may be frozen, and blast kill ends it"),
        UNANSWERED(
                "still frozen: the blast that started it does not answer; it may be suspended (fg), or blast kill ends it");

        private final String text;

        Course(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        /** Whether nothing of it runs all the same. */
        public boolean isFrozen() {
            return this != GOES_ON && this != ENDED;
        }
    }
}
