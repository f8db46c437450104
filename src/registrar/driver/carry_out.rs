//! How a call is carried out: what each host is told, and what its answer will be for.

use std::sync::Arc;

use super::call::{Call, run_release};
use super::core::Core;
use super::hosts::{Hosts, fenced};
use super::line::{TARGET, effect_line};
use crate::registrar::completion::Request;
use crate::registrar::{Alarm, Completion, Effect, Presence};

impl Core {
    /// Does what the call says, and survives whatever the host does.
    pub(super) fn run(self: &Arc<Self>, call: Call, hosts: &Hosts) {
        let host = call.lane().host();
        match call {
            Call::Handled { event, verdict } => {
                fenced(host, || log::debug!(target: TARGET, "{event}: {verdict}"));
                for observer in &hosts.observers {
                    fenced(host, || observer.event(event, verdict));
                }
            }
            Call::Moved(transition) => {
                fenced(host, || log::info!(target: TARGET, "{transition}"));
                for observer in &hosts.observers {
                    fenced(host, || observer.transition(&transition));
                }
            }
            Call::Effect(Effect::Notice(notice)) => {
                fenced(host, || log::warn!(target: TARGET, "{notice}"));
                for observer in &hosts.observers {
                    fenced(host, || observer.notice(&notice));
                }
            }
            Call::Effect(effect) => {
                fenced(host, || log::debug!(target: TARGET, "{}", effect_line(&effect)));
                fenced(host, || self.carry_out(effect, hosts));
            }
            Call::Release(callbacks, release) => run_release(callbacks, release),
            Call::Wake(at) => {
                let told = fenced(host, || match at {
                    Some(at) => {
                        let delay = at.saturating_since(self.now(hosts).monotonic());
                        hosts.scheduler.schedule(delay, Alarm::new(Arc::downgrade(self)));
                    }
                    None => hosts.scheduler.cancel(),
                });
                if told.is_none() {
                    self.lose_alarm();
                }
            }
        }
    }

    fn carry_out(self: &Arc<Self>, effect: Effect, hosts: &Hosts) {
        let done = |request| Completion::new(request, Arc::downgrade(self));
        match effect {
            Effect::Report { id, binding } => hosts.im.set_offline_push(&binding, done(Request::Report(id))),
            Effect::EnterForeground { id } => {
                hosts.im.set_presence(Presence::Foreground, done(Request::Presence(id)));
            }
            Effect::EnterBackground { id, unread } => {
                hosts.im.set_presence(Presence::Background { unread }, done(Request::Presence(id)));
            }
            Effect::RegisterVendor { id, vendor, kind } => {
                hosts.vendors.register(
                    vendor,
                    kind,
                    done(Request::Registration { id, vendor: vendor, kind }),
                );
            }
            Effect::UnregisterVendor { vendor } => hosts.vendors.unregister(vendor),
            Effect::Store { version, snapshot } => {
                let done = done(Request::Store(version));
                match &hosts.store {
                    Some(store) => store.save(snapshot.as_bytes(), done),
                    None => drop(done),
                }
            }
            Effect::EnsureNotificationChannel { id, spec } => {
                let done = done(Request::Channel(id));
                match &hosts.notification_channels {
                    Some(channels) => channels.ensure(&spec, done),
                    None => drop(done),
                }
            }
            Effect::DeliverTap { id, tap, receiver } => {
                if let Some(taps) = &hosts.taps {
                    taps.deliver(id, &tap, &receiver, done(Request::Tap(id)));
                }
            }
            Effect::SetBadge { count } => {
                if let Some(badge) = &hosts.badge {
                    badge.set(count);
                }
            }
            Effect::ClearNotifications => {
                if let Some(badge) = &hosts.badge {
                    badge.clear_notifications();
                }
            }
            // Both have become calls of their own before.
            Effect::ReleaseLogout { .. } | Effect::Notice(_) => {}
        }
    }
}
