package io.feedhub.sandbox;

/** One outside service, as the hub sees it. Called by many threads. */
interface StandIn {

    /** Answers as the vendor would. */
    Reply answer(Request request);
}
