package dev.blast.enforcer.gate;

import dev.blast.rules.fact.Connection;
import dev.blast.rules.verdict.Judgement;

/** What was asked, and what was said. */
record JudgedConnection(Connection connection, Judgement judgement) {}
