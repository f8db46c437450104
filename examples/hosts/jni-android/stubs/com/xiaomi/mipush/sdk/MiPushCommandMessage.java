package com.xiaomi.mipush.sdk;

import java.util.Collections;
import java.util.List;

public class MiPushCommandMessage {
    public String command = MiPushClient.COMMAND_REGISTER;
    public long resultCode;
    public String argument;

    public String getCommand() {
        return command;
    }

    public long getResultCode() {
        return resultCode;
    }

    public List<String> getCommandArguments() {
        return Collections.singletonList(argument);
    }
}
