#include "handlers/ops/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <functional>
#include <map>

namespace handlers::ops {
namespace {

prometheus::Histogram::BucketBoundaries answer_seconds() {
  return {0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5};
}

}  // namespace

struct metrics::families {
  prometheus::Registry registry;
  prometheus::Histogram& batch_size =
      prometheus::BuildHistogram()
          .Name("kentongan_batch_messages")
          .Help("Messages that shared one commit")
          .Register(registry)
          .Add({}, prometheus::Histogram::BucketBoundaries{0, 1, 2, 5, 10, 20, 40, 80, 160, 256});
  prometheus::Histogram& batch_time = prometheus::BuildHistogram()
                                          .Name("kentongan_batch_seconds")
                                          .Help("Time of one batch from admission to commit")
                                          .Register(registry)
                                          .Add({}, prometheus::Histogram::BucketBoundaries{
                                                       0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5});
  prometheus::Histogram& submission_time = prometheus::BuildHistogram()
                                               .Name("kentongan_submission_seconds")
                                               .Help("From the arrival of a webhook's messages to their fate on disk")
                                               .Register(registry)
                                               .Add({}, answer_seconds());
  prometheus::Family<prometheus::Histogram>& request_time =
      prometheus::BuildHistogram()
          .Name("kentongan_http_request_seconds")
          .Help("From the last byte of a request to its answer, by route")
          .Register(registry);
  std::map<std::string, prometheus::Histogram*, std::less<>> request_time_of;  // by path of the route
  // What other parts count themselves is copied when somebody asks.
  std::map<std::string, prometheus::Gauge*> gauges;
  std::map<std::string, prometheus::Counter*> counters;

  void now(const std::string& name, const char* help, const prometheus::Labels& labels, double value) {
    auto& gauge = gauges[key(name, labels)];
    if (gauge == nullptr)
      gauge = &prometheus::BuildGauge().Name("kentongan_" + name).Help(help).Register(registry).Add(labels);
    gauge->Set(value);
  }
  void since_start(const std::string& name, const char* help, const prometheus::Labels& labels, double value) {
    auto& counter = counters[key(name, labels)];
    if (counter == nullptr)
      counter = &prometheus::BuildCounter().Name("kentongan_" + name).Help(help).Register(registry).Add(labels);
    if (value > counter->Value()) counter->Increment(value - counter->Value());
  }
  static std::string key(const std::string& name, const prometheus::Labels& labels) {
    std::string whole = name;
    for (const auto& [label, value] : labels) whole += " " + label + "=" + value;
    return whole;
  }
};

metrics::metrics() : families_(std::make_unique<families>()) {}
metrics::~metrics() = default;

void metrics::batch(std::size_t messages, std::chrono::microseconds took) {
  families_->batch_size.Observe(static_cast<double>(messages));
  families_->batch_time.Observe(std::chrono::duration<double>(took).count());
}

void metrics::submission(std::chrono::microseconds took) {
  families_->submission_time.Observe(std::chrono::duration<double>(took).count());
}

void metrics::request(const http::route& which, std::chrono::microseconds took) {
  auto& times = families_->request_time_of;
  auto at = times.find(which.path);
  if (at == times.end())
    at = times.emplace(which.path, &families_->request_time.Add({{"route", which.path}}, answer_seconds())).first;
  at->second->Observe(std::chrono::duration<double>(took).count());
}

std::string metrics::text(const turns::service_figures& t, const delivery::worker_figures& d,
                          const delivery::budget_figures& b, const http::server_counters& h,
                          const media::keeper_figures& m) {
  const auto now = [&](const char* name, const char* help, auto value, const prometheus::Labels& labels = {}) {
    families_->now(name, help, labels, static_cast<double>(value));
  };
  const auto total = [&](const char* name, const char* help, auto value, const prometheus::Labels& labels = {}) {
    families_->since_start(name, help, labels, static_cast<double>(value));
  };
  total("messages_total", "Messages, taps and timers that were taken up", t.messages);
  total("turns_total", "Turns of conversations", t.turns);
  total("duplicates_total", "Deliveries of what had been counted already", t.duplicates);
  total("failed_turns_total", "Messages kept for a replay, as nothing could be made of them", t.failed);
  total("not_kept_total", "Messages refused, as the store did not take them: the platforms send them again",
        t.not_kept);
  total("batches_total", "Commits", t.batches);
  now("queue_depth", "Messages that wait for the store", t.waiting);

  total("purge_rounds_total", "Rounds over all that may have to be erased", t.purge_rounds);
  for (const auto& each : storage::purged_counts)
    total("erased_total", "Rows erased, as their time was over", t.purged.*each.count, {{"what", each.name}});
  const auto unsent = [&](const char* state, auto count) {
    now("outbox_messages", "Messages to be sent", count, {{"state", state}});
  };
  unsent("waiting", d.waiting);
  unsent("under_way", d.under_way);
  now("outbox_lanes", "Chats that have something to be sent, or had lately", d.lanes);
  now("outbox_oldest_seconds", "How long the oldest message has been due", d.oldest.count());
  const auto results = [&](const char* state, auto count) {
    total("outbox_results_total", "What became of attempts to send", count, {{"state", state}});
  };
  results("sent", d.sent);
  results("retried", d.retried);
  results("skipped", d.skipped);
  results("dead", d.dead);
  now("whatsapp_paid_this_month", "Messages that WhatsApp charges for", b.paid);
  now("whatsapp_service_this_month", "Free text within the 24 hours", b.service);
  now("whatsapp_monthly_budget", "What may be charged for in a month; 0: no limit", b.most);
  now("whatsapp_terse", "1: the budget is used up, only what is urgent or final goes out", b.terse ? 1 : 0);

  total("http_requests_total", "Requests that reached a handler", h.requests);
  now("http_connections", "Open connections", h.open);
  now("http_bytes_in_flight", "Bodies received and not yet answered", h.bytes_in_flight);
  const auto rejected = [&](const char* why, auto count) {
    total("http_rejected_total", "Requests refused before a handler", count, {{"why", why}});
  };
  rejected("unauthorised", h.rejected.unauthorised);
  rejected("too_large", h.rejected.too_large);
  rejected("malformed", h.rejected.malformed);
  rejected("unrouted", h.rejected.unrouted);
  rejected("too_slow", h.rejected.too_slow);
  rejected("connections", h.rejected.connections);
  rejected("bytes", h.rejected.bytes);
  total("http_handler_failures_total", "Handlers that threw; these requests were answered 500", h.handler_failures);

  total("media_kept_total", "Files of people that were fetched and sealed", m.kept);
  total("media_later_total", "Fetches put off", m.later);
  total("media_lost_total", "Files given up", m.lost);
  for (const auto& [reason, count] : m.lost_by_reason)
    total("media_lost_by_reason_total", "Files given up, by reason", count, {{"reason", reason}});
  total("media_no_room_total", "Files not kept, as the folder is full", m.full);
  total("media_lent_total", "Files shown to officers", m.lent);
  now("media_under_way", "Files being fetched", m.under_way);
  now("media_bytes", "Size of the folder", m.bytes_used);
  return prometheus::TextSerializer().Serialize(families_->registry.Collect());
}

}  // namespace handlers::ops
