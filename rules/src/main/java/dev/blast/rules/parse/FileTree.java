package dev.blast.rules.parse;

import java.util.List;

/** A policy file as written: its package and its rules. */
public record FileTree(String packageName, List<RuleTree> rules) {}
