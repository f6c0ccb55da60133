package dev.blast.enforcer.plan;

/** Why there is no such program inside. */
public sealed interface NotFoundWhy {

    /** Its name is empty. */
    record NoName() implements NotFoundWhy {}

    /** Its name is not UTF-8. */
    record NotText() implements NotFoundWhy {}

    /** It was named with its path. */
    record NotThere() implements NotFoundWhy {}

    /** Nothing says where to look. */
    record NoPath() implements NotFoundWhy {}

    /** It is in none of the folders that can be seen. */
    record NotOnPath(String path) implements NotFoundWhy {}
}
