package com.example.push;

/** The IM SDK, as the registrar calls it. Every call is answered once, at any time and on any thread. */
public interface ImClient {
    /**
     * Tells the server where to push: {@code V2TIMOfflinePushManager.setOfflinePushConfig}.
     *
     * @param businessId the certificate's number; 0 with an empty token turns pushes off
     * @param vendor whose token it is; null with an empty token
     * @param kind {@code "standard"}, or {@code "voip"} on Apple devices
     */
    void setOfflinePush(int businessId, String vendor, String token, String kind, Completion done);

    /** Tells the server where the app is: {@code doForeground}, or {@code doBackground(unread)}. */
    void setPresence(boolean foreground, int unread, Completion done);
}
