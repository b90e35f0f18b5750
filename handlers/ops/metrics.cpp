#include "handlers/ops/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <map>

namespace handlers::ops {

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
  prometheus::Histogram& submission_time =
      prometheus::BuildHistogram()
          .Name("kentongan_submission_seconds")
          .Help("From the arrival of a webhook's messages to their fate on disk")
          .Register(registry)
          .Add({},
               prometheus::Histogram::BucketBoundaries{0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5});
  // What other parts count themselves is copied when somebody asks.
  std::map<std::string, prometheus::Gauge*> gauges;
  std::map<std::string, prometheus::Counter*> counters;

  void now(const std::string& name, const prometheus::Labels& labels, double value) {
    auto& gauge = gauges[key(name, labels)];
    if (gauge == nullptr)
      gauge = &prometheus::BuildGauge().Name("kentongan_" + name).Help(name).Register(registry).Add(labels);
    gauge->Set(value);
  }
  void since_start(const std::string& name, const prometheus::Labels& labels, double value) {
    auto& counter = counters[key(name, labels)];
    if (counter == nullptr)
      counter = &prometheus::BuildCounter().Name("kentongan_" + name).Help(name).Register(registry).Add(labels);
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

std::string metrics::text(const turns::service_figures& t, const delivery::worker_figures& d,
                          const delivery::budget_figures& b, const http::server_counters& h,
                          const media::keeper_figures& m) {
  const auto now = [&](const char* name, auto value, const prometheus::Labels& labels = {}) {
    families_->now(name, labels, static_cast<double>(value));
  };
  const auto total = [&](const char* name, auto value, const prometheus::Labels& labels = {}) {
    families_->since_start(name, labels, static_cast<double>(value));
  };
  total("turns_total", t.turns);
  total("messages_total", t.messages);
  total("duplicates_total", t.duplicates);
  total("failed_turns_total", t.failed);
  total("not_kept_total", t.not_kept);
  total("batches_total", t.batches);
  now("queue_depth", t.waiting);
  total("purge_rounds_total", t.purge_rounds);
  total("erased_total", t.purged.inbox, {{"what", "inbox"}});
  total("erased_total", t.purged.failed, {{"what", "failed"}});
  total("erased_total", t.purged.invites, {{"what", "invites"}});
  total("erased_total", t.purged.payloads, {{"what", "payloads"}});
  total("erased_total", t.purged.deliveries, {{"what", "deliveries"}});
  total("erased_total", t.purged.positions, {{"what", "positions"}});
  total("erased_total", t.purged.reports, {{"what", "reports"}});
  total("erased_total", t.purged.contacts, {{"what", "contacts"}});
  total("erased_total", t.purged.drafts, {{"what", "drafts"}});
  total("erased_total", t.purged.media, {{"what", "media"}});
  total("erased_total", t.purged.callbacks, {{"what", "callbacks"}});
  total("erased_total", t.purged.notices, {{"what", "notices"}});
  total("erased_total", t.purged.lessons, {{"what", "lessons"}});
  total("erased_total", t.purged.organisers, {{"what", "organisers"}});
  total("erased_total", t.purged.persons, {{"what", "persons"}});
  total("erased_total", t.purged.audit, {{"what", "audit"}});
  now("outbox_messages", d.waiting, {{"state", "waiting"}});
  now("outbox_messages", d.under_way, {{"state", "under_way"}});
  now("outbox_lanes", d.lanes);
  total("outbox_results_total", d.sent, {{"state", "sent"}});
  total("outbox_results_total", d.retried, {{"state", "retried"}});
  total("outbox_results_total", d.skipped, {{"state", "skipped"}});
  total("outbox_results_total", d.dead, {{"state", "dead"}});
  now("whatsapp_paid_this_month", b.paid);
  now("whatsapp_service_this_month", b.service);
  now("whatsapp_monthly_budget", b.most);
  now("whatsapp_terse", b.terse ? 1 : 0);
  total("http_requests_total", h.requests);
  now("http_connections", h.open);
  now("http_bytes_in_flight", h.bytes_in_flight);
  total("http_rejected_total", h.rejected.unauthorised, {{"why", "unauthorised"}});
  total("http_rejected_total", h.rejected.too_large, {{"why", "too_large"}});
  total("http_rejected_total", h.rejected.malformed, {{"why", "malformed"}});
  total("media_kept_total", m.kept);
  total("media_later_total", m.later);
  total("media_lost_total", m.lost);
  total("media_no_room_total", m.full);
  total("media_lent_total", m.lent);
  now("media_under_way", m.under_way);
  now("media_bytes", m.bytes_used);
  now("outbox_oldest_seconds", d.oldest.count());
  for (const auto& [reason, count] : m.lost_by_reason) total("media_lost_by_reason_total", count, {{"reason", reason}});
  return prometheus::TextSerializer().Serialize(families_->registry.Collect());
}

}  // namespace handlers::ops
