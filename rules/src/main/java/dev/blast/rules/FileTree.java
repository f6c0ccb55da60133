package dev.blast.rules;

import java.util.List;

/** A policy file as written: its package and its rules. */
record FileTree(String packageName, List<RuleTree> rules) {}
