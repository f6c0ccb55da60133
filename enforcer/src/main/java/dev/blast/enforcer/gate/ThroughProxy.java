package dev.blast.enforcer.gate;

/**
 * That a connection was asked of a proxy, and what it answered.
 *
 * @param proxy its host and port
 * @param login whether it was told who asks
 */
public record ThroughProxy(String proxy, boolean login, ProxyAnswer answer) {}
