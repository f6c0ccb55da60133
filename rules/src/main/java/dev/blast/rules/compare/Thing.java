package dev.blast.rules.compare;

/**
 * What a request is about, where one has several answers: what a session may see and use.
 *
 * @param kind {@code path}, {@code limit}; empty where the request as such is meant
 * @param value {@code ~/.ssh}, {@code memory}
 */
record Thing(String kind, String value) {
    static final Thing REQUEST = new Thing("", "");
}
