#include "services/metrics.h"

#include <exception>
#include <mutex>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "glog/logging.h"
#include "prometheus/check_names.h"
#include "prometheus/collectable.h"
#include "prometheus/exposer.h"
#include "prometheus/registry.h"
#include "services/call_metrics.h"

namespace dossier {
namespace {

struct Reading {
  std::string name;
  std::string help;
  prometheus::MetricType type;
  std::function<double()> read;
};

// Values that are asked for when a scrape comes, so that nobody has to keep them up to date.
class Readings : public prometheus::Collectable {
 public:
  void Add(Reading reading) {
    const std::scoped_lock lock(mutex_);
    readings_.push_back(std::move(reading));
  }

  std::vector<prometheus::MetricFamily> Collect() const override {
    const std::scoped_lock lock(mutex_);
    std::vector<prometheus::MetricFamily> families;
    for (const Reading& reading : readings_) {
      prometheus::ClientMetric metric;
      if (reading.type == prometheus::MetricType::Gauge) metric.gauge.value = reading.read();
      if (reading.type == prometheus::MetricType::Counter) metric.counter.value = reading.read();
      families.push_back({reading.name, reading.help, reading.type, {std::move(metric)}});
    }
    return families;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Reading> readings_;
};

}  // namespace

struct Metrics::State {
  std::shared_ptr<Readings> readings = std::make_shared<Readings>();
  std::shared_ptr<prometheus::Registry> registry = std::make_shared<prometheus::Registry>();
  CallMetrics calls{*registry};
  std::unique_ptr<prometheus::Exposer> exposer;
};

Metrics::Metrics() : state_(std::make_unique<State>()) {}
Metrics::~Metrics() = default;

void Metrics::AddGauge(const std::string& name, const std::string& help,
                       std::function<double()> read) {
  CHECK(prometheus::CheckMetricName(name)) << name;
  state_->readings->Add({name, help, prometheus::MetricType::Gauge, std::move(read)});
}

void Metrics::AddCounter(const std::string& name, const std::string& help,
                         std::function<double()> read) {
  CHECK(prometheus::CheckMetricName(name)) << name;
  state_->readings->Add({name, help, prometheus::MetricType::Counter, std::move(read)});
}

absl::Status Metrics::Expose(const std::string& listen) {
  try {
    state_->exposer = std::make_unique<prometheus::Exposer>(listen, /*num_threads=*/2);
  } catch (const std::exception& e) {
    return absl::UnavailableError(absl::StrCat("metrics at ", listen, ": ", e.what(),
                                               "; expected a free HOST:PORT of this host"));
  }
  state_->exposer->RegisterCollectable(state_->readings);
  state_->exposer->RegisterCollectable(state_->registry);
  return absl::OkStatus();
}

int Metrics::port() const {
  if (state_->exposer == nullptr) return 0;
  const std::vector<int> ports = state_->exposer->GetListeningPorts();
  return ports.empty() ? 0 : ports.front();
}

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> Metrics::CountCalls() {
  return state_->calls.NewFactory();
}

}  // namespace dossier
