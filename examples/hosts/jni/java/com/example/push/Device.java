package com.example.push;

import java.util.ArrayList;
import java.util.List;

/** What is known of the phone. */
public final class Device {
    final String properties;
    private final List<String> probes = new ArrayList<>();

    /** @param properties the output of {@code getprop}, or the properties that decide in the same form */
    public Device(String properties) {
        this.properties = properties;
    }

    /**
     * With what a service answers when it is asked whether it is there. A call that fails is no answer: leave it out. The call is one
     * of the vendor's SDK: where consent is required, make it after the consent, and pass the answer to
     * {@link PushRegistrar#setDevice}.
     *
     * @param service {@code hms} ({@code HuaweiApiAvailability}), {@code honor} ({@code checkSupportHonorPush}), {@code oppo}
     *     ({@code isSupportPush}), {@code vivo} ({@code isSupport}), {@code meizu} ({@code isBrandMeizu}) or
     *     {@code play_services} ({@code GoogleApiAvailability})
     */
    public Device probe(String service, boolean available) {
        probes.add(service);
        probes.add(Boolean.toString(available));
        return this;
    }

    /** With a service that is there, in this version: HMS Core's code, such as 60400300. */
    public Device probe(String service, long version) {
        probes.add(service);
        probes.add(Long.toString(version));
        return this;
    }

    String[] probes() {
        return probes.toArray(new String[0]);
    }
}
