package io.feedhub.sandbox;

/** Sees what is asked of a stand-in and what it answers. Called by many threads. */
interface Witness {

    void saw(String service, Request request, Reply reply);
}
