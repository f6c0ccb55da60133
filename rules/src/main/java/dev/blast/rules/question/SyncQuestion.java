package dev.blast.rules.question;

import dev.blast.rules.vocabulary.Facts;

final class SyncQuestion extends StrategyQuestion {
    SyncQuestion() {
        super("sync", "Which strategy?", Facts.SYNC);
    }

    @Override
    public String otherwise() {
        return "`stable`";
    }
}
