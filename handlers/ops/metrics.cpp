#include "handlers/ops/metrics.hpp"

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
  // What other parts count themselves is copied when somebody asks.
  prometheus::Family<prometheus::Gauge>& figures =
      prometheus::BuildGauge().Name("kentongan_figure").Help("Counters of the parts, by name").Register(registry);
  std::map<std::string, prometheus::Gauge*> by_name;

  void set(const std::string& name, double value) {
    auto& gauge = by_name[name];
    if (gauge == nullptr) gauge = &figures.Add({{"name", name}});
    gauge->Set(value);
  }
};

metrics::metrics() : families_(std::make_unique<families>()) {}
metrics::~metrics() = default;

void metrics::batch(std::size_t messages, std::chrono::microseconds took) {
  families_->batch_size.Observe(static_cast<double>(messages));
  families_->batch_time.Observe(std::chrono::duration<double>(took).count());
}

std::string metrics::text(const turns::service_figures& t, const delivery::worker_figures& d,
                          const delivery::budget_figures& b, const http::server_counters& h,
                          const media::keeper_figures& m) {
  const auto set = [&](const char* name, auto value) { families_->set(name, static_cast<double>(value)); };
  set("turns_total", t.turns);
  set("messages_total", t.messages);
  set("duplicates_total", t.duplicates);
  set("failed_turns_total", t.failed);
  set("not_kept_total", t.not_kept);
  set("batches_total", t.batches);
  set("queue_depth", t.waiting);
  set("purge_rounds_total", t.purge_rounds);
  set("purged_inbox_total", t.purged.inbox);
  set("purged_failed_total", t.purged.failed);
  set("purged_invites_total", t.purged.invites);
  set("purged_payloads_total", t.purged.payloads);
  set("purged_deliveries_total", t.purged.deliveries);
  set("purged_positions_total", t.purged.positions);
  set("purged_reports_total", t.purged.reports);
  set("purged_contacts_total", t.purged.contacts);
  set("purged_drafts_total", t.purged.drafts);
  set("purged_media_total", t.purged.media);
  set("purged_callbacks_total", t.purged.callbacks);
  set("purged_notices_total", t.purged.notices);
  set("purged_lessons_total", t.purged.lessons);
  set("purged_organisers_total", t.purged.organisers);
  set("purged_persons_total", t.purged.persons);
  set("purged_audit_total", t.purged.audit);
  set("outbox_waiting", d.waiting);
  set("outbox_under_way", d.under_way);
  set("outbox_lanes", d.lanes);
  set("sent_total", d.sent);
  set("retried_total", d.retried);
  set("skipped_total", d.skipped);
  set("dead_total", d.dead);
  set("whatsapp_paid_this_month", b.paid);
  set("whatsapp_service_this_month", b.service);
  set("whatsapp_monthly_budget", b.most);
  set("whatsapp_terse", b.terse ? 1 : 0);
  set("http_requests_total", h.requests);
  set("http_connections", h.open);
  set("http_bytes_in_flight", h.bytes_in_flight);
  set("http_unauthorised_total", h.rejected.unauthorised);
  set("http_too_large_total", h.rejected.too_large);
  set("http_malformed_total", h.rejected.malformed);
  set("media_kept_total", m.kept);
  set("media_later_total", m.later);
  set("media_lost_total", m.lost);
  for (const auto& [reason, count] : m.lost_by_reason) set(("media_lost_" + reason + "_total").c_str(), count);
  set("media_no_room_total", m.full);
  set("media_lent_total", m.lent);
  set("media_under_way", m.under_way);
  set("media_bytes", m.bytes_used);
  return prometheus::TextSerializer().Serialize(families_->registry.Collect());
}

}  // namespace handlers::ops
