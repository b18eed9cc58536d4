/* Generated from schema.json by `npm run generate`. Do not edit. */

export type PropsOfAnyVersion = Props | PropsV1Beta2;
/**
 * The value of one environment variable. Numbers and booleans are passed on as text: 8080 becomes "8080", true becomes "true".
 */
export type EnvironmentValue = string | number | boolean;
/**
 * An amount of a resource: a number with an optional unit such as m (thousandths), Ki, Mi, Gi, K, M, G.
 */
export type Quantity = string | number;

/**
 * An OpenFunction Function: where it goes, its metadata, and its spec of core.openfunction.io/v1beta1.
 */
export interface Props {
  /**
   * Path of the kubeconfig file. Default: the files of the KUBECONFIG variable, else ~/.kube/config, else the service account of the pod.
   */
  kubeconfig?: string;
  /**
   * Context of the kubeconfig. Default: its current context.
   */
  context?: string;
  /**
   * Namespace of the function. Default: the namespace of the context, else "default".
   */
  namespace?: string;
  /**
   * Create the namespace when it does not exist.
   */
  createNamespace?: boolean;
  /**
   * Name of the function: lower-case letters, digits and "-", starting with a letter. Default: the name of the resource.
   */
  name?: string;
  /**
   * API version in which the function is applied. "auto" is v1beta1, which every release has, unless something of the function would be lost in a cluster with v1beta2. With core.openfunction.io/v1beta2 the props follow the spec of that version.
   */
  apiVersion?: 'auto' | 'core.openfunction.io/v1beta1' | 'core.openfunction.io/v1beta2';
  /**
   * Labels of the Function.
   */
  labels?: {
    [k: string]: string;
  };
  /**
   * Annotations of the Function. OpenFunction reads "plugins" and "plugins.tracing".
   */
  annotations?: {
    [k: string]: string;
  };
  /**
   * Version of the function.
   */
  version?: string;
  /**
   * Image of the function: what a build produces and what serving runs.
   */
  image?: string;
  imageCredentials?: ImageCredentials;
  /**
   * Port on which the function listens; 8080 when left out.
   */
  port?: number;
  /**
   * OCIContainer (default) or WasmEdge.
   */
  workloadRuntime?: string;
  route?: Route;
  build?: Build;
  serving?: Serving;
  pack?: Pack;
  /**
   * Path of a Function manifest, relative to the s.yaml, instead of all properties of the function here.
   */
  manifest?: string;
}
/**
 * Secret with the registry login, to push and to pull the image.
 */
export interface ImageCredentials {
  /**
   * Name of the object.
   */
  name?: string;
  /**
   * Let deploy keep the login for the registry of the image, as docker login stored it on this machine, in this Secret.
   */
  fromDocker?: boolean;
}
/**
 * How HTTP requests reach a function of the knative runtime. Since OpenFunction 0.7.
 */
export interface Route {
  /**
   * The OpenFunction Gateway to use; openfunction/openfunction when left out.
   */
  gatewayRef?: {
    /**
     * Name of the Gateway.
     */
    name: string;
    /**
     * Namespace of the Gateway.
     */
    namespace: string;
  };
  /**
   * Host names that lead to the function.
   *
   * @maxItems 16
   */
  hostnames?: string[];
  /**
   * Rules of a Gateway API HTTPRoute.
   *
   * @maxItems 16
   */
  rules?: {
    /**
     * Requests that the rule is for; all of "/" when left out.
     *
     * @maxItems 8
     */
    matches?: {
      /**
       * Path of the request.
       */
      path?: {
        /**
         * How the path is compared.
         */
        type?: 'Exact' | 'PathPrefix' | 'RegularExpression';
        /**
         * The path.
         */
        value?: string;
      };
      /**
       * Headers of the request.
       *
       * @maxItems 16
       */
      headers?: {
        /**
         * Name of the header.
         */
        name: string;
        /**
         * How the value is compared.
         */
        type?: 'Exact' | 'RegularExpression';
        /**
         * Value of the header.
         */
        value: string;
      }[];
      /**
       * Query parameters of the request.
       *
       * @maxItems 16
       */
      queryParams?: {
        /**
         * Name of the parameter.
         */
        name: string;
        /**
         * How the value is compared.
         */
        type?: 'Exact' | 'RegularExpression';
        /**
         * Value of the parameter.
         */
        value: string;
      }[];
      /**
       * HTTP method of the request.
       */
      method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'CONNECT' | 'OPTIONS' | 'TRACE' | 'PATCH';
    }[];
    /**
     * Changes to matching requests.
     *
     * @maxItems 16
     */
    filters?: RouteFilter[];
    /**
     * Backends of the rule. OpenFunction replaces them by the function itself.
     *
     * @maxItems 16
     */
    backendRefs?: {
      /**
       * API group; empty for a Service.
       */
      group?: string;
      /**
       * Kind of the object.
       */
      kind?: string;
      /**
       * Name of the object.
       */
      name: string;
      /**
       * Namespace of the object.
       */
      namespace?: string;
      /**
       * Port of the Service.
       */
      port?: number;
      /**
       * Share of the requests.
       */
      weight?: number;
      /**
       * Filters for this backend.
       *
       * @maxItems 16
       */
      filters?: RouteFilter[];
    }[];
  }[];
}
/**
 * Changes requests on their way.
 */
export interface RouteFilter {
  /**
   * What the filter does.
   */
  type: 'RequestHeaderModifier' | 'RequestMirror' | 'RequestRedirect' | 'ExtensionRef';
  /**
   * Adds, sets and removes request headers.
   */
  requestHeaderModifier?: {
    /**
     * Headers to add.
     *
     * @maxItems 16
     */
    add?: HttpHeader[];
    /**
     * Headers to overwrite.
     *
     * @maxItems 16
     */
    set?: HttpHeader[];
    /**
     * Names of headers to remove.
     *
     * @maxItems 16
     */
    remove?: string[];
  };
  /**
   * Sends a copy of each request to another Service.
   */
  requestMirror?: {
    backendRef: BackendObject;
  };
  /**
   * Answers with a redirect.
   */
  requestRedirect?: {
    /**
     * Host to redirect to.
     */
    hostname?: string;
    /**
     * Port to redirect to.
     */
    port?: number;
    /**
     * Scheme to redirect to.
     */
    scheme?: 'http' | 'https';
    /**
     * Status of the redirect.
     */
    statusCode?: 301 | 302;
  };
  /**
   * A filter that the gateway implements itself.
   */
  extensionRef?: {
    /**
     * API group of the filter.
     */
    group: string;
    /**
     * Kind of the filter.
     */
    kind: string;
    /**
     * Name of the filter.
     */
    name: string;
  };
}
/**
 * A header with its value.
 */
export interface HttpHeader {
  /**
   * Name of the header.
   */
  name: string;
  /**
   * Value of the header.
   */
  value: string;
}
/**
 * A Service that receives requests.
 */
export interface BackendObject {
  /**
   * API group; empty for a Service.
   */
  group?: string;
  /**
   * Kind of the object.
   */
  kind?: string;
  /**
   * Name of the object.
   */
  name: string;
  /**
   * Namespace of the object.
   */
  namespace?: string;
  /**
   * Port of the Service.
   */
  port?: number;
}
/**
 * Builds the image in the cluster, from source in a Git repository, a source image or a folder of this machine. Use "pack" instead to build on this machine.
 */
export interface Build {
  /**
   * Builder image of Cloud Native Buildpacks; for a Dockerfile strategy, the image of the tool that builds.
   */
  builder?: string;
  builderCredentials?: ObjectName;
  /**
   * Environment variables of the build. FUNC_NAME names the exported function to serve.
   */
  env?: {
    [k: string]: EnvironmentValue;
  };
  /**
   * Parameters of the build strategy, by name.
   */
  params?: {
    [k: string]: string;
  };
  /**
   * Path of the Dockerfile in the source, for strategies that build one.
   */
  dockerfile?: string;
  /**
   * Folder of the source on this machine, relative to the s.yaml, instead of a Git repository: it is pushed to the registry as a source image, and built in the cluster. Since OpenFunction 1.0.
   */
  source?: string;
  /**
   * Where the source is.
   */
  srcRepo?: {
    /**
     * Address of the Git repository.
     */
    url?: string;
    /**
     * A container image that holds the source, instead of a Git repository. Since OpenFunction 1.0. With "source", where that is pushed to.
     */
    bundleContainer?: {
      /**
       * Name of the source image.
       */
      image: string;
    };
    /**
     * Branch, tag or commit to build. A commit makes the build repeatable.
     */
    revision?: string;
    /**
     * Folder of the source inside the repository.
     */
    sourceSubPath?: string;
    credentials?: ObjectName;
  };
  /**
   * How Shipwright runs the build.
   */
  shipwright?: {
    /**
     * The build strategy.
     */
    strategy?: {
      /**
       * Name of the strategy.
       */
      name: string;
      /**
       * ClusterBuildStrategy for a strategy of the whole cluster (assumed when left out), BuildStrategy for one of the namespace.
       */
      kind?: 'BuildStrategy' | 'ClusterBuildStrategy';
    };
    /**
     * Limit of the build as a Go duration.
     */
    timeout?: string;
  };
  /**
   * How long the build may take, as a Go duration, counted from its start.
   */
  timeout?: string;
  /**
   * How many successful builds are kept with their logs. OpenFunction keeps 0.
   */
  successfulBuildsHistoryLimit?: number;
  /**
   * How many failed builds are kept. OpenFunction keeps 1; 0 repeats a failing build for ever.
   */
  failedBuildsHistoryLimit?: number;
  /**
   * Finished builds older than this Go duration are deleted.
   */
  builderMaxAge?: string;
}
/**
 * The name of a Secret or another object in the same namespace.
 */
export interface ObjectName {
  /**
   * Name of the object.
   */
  name?: string;
}
/**
 * Runs the image as a function.
 */
export interface Serving {
  /**
   * knative serves HTTP requests; async handles events through Dapr. knative when left out.
   */
  runtime?: 'knative' | 'async';
  /**
   * Environment variables of the function. FUNCTION_TARGET names the exported function to run.
   */
  params?: {
    [k: string]: EnvironmentValue;
  };
  /**
   * Events that call the function; for the async runtime.
   */
  inputs?: FunctionInput[];
  /**
   * Targets that the function can send to.
   */
  outputs?: FunctionOutput[];
  /**
   * Dapr binding components by the name that inputs and outputs use.
   */
  bindings?: {
    [k: string]: DaprComponent;
  };
  /**
   * Dapr pub/sub components by the name that inputs and outputs use.
   */
  pubsub?: {
    [k: string]: DaprComponent;
  };
  /**
   * Dapr state stores by name. Since OpenFunction 1.1.
   */
  states?: {
    [k: string]: DaprComponent;
  };
  /**
   * KEDA triggers that scale an async function.
   */
  triggers?: Trigger[];
  scaleOptions?: ScaleOptions;
  template?: PodTemplate;
  /**
   * Labels of the pods.
   */
  labels?: {
    [k: string]: string;
  };
  /**
   * Annotations of the pods. Node functions of the async runtime need dapr.io/app-protocol: http.
   */
  annotations?: {
    [k: string]: string;
  };
  /**
   * How long the function may take to start, as a Go duration.
   */
  timeout?: string;
}
/**
 * A source of events that call an async function.
 */
export interface FunctionInput {
  /**
   * Name by which the function code knows it.
   */
  name: string;
  /**
   * Key of the component under "bindings" or "pubsub".
   */
  component: string;
  /**
   * Topic, for a pub/sub component.
   */
  topic?: string;
  /**
   * Operation of an output binding.
   */
  operation?: string;
  /**
   * Further parameters, passed on with each message.
   */
  params?: {
    [k: string]: string;
  };
}
/**
 * A target that the function can send to.
 */
export interface FunctionOutput {
  /**
   * Name by which the function code knows it.
   */
  name: string;
  /**
   * Key of the component under "bindings" or "pubsub".
   */
  component: string;
  /**
   * Topic, for a pub/sub component.
   */
  topic?: string;
  /**
   * Operation of an output binding.
   */
  operation?: string;
  /**
   * Further parameters, passed on with each message.
   */
  params?: {
    [k: string]: string;
  };
}
/**
 * A Dapr component, made for this function alone.
 */
export interface DaprComponent {
  /**
   * Type of the component in Dapr.
   */
  type: string;
  /**
   * Version of the component type.
   */
  version: string;
  /**
   * Settings of the component as Dapr documents them for its type; [] when there are none.
   */
  metadata: {
    /**
     * Name of the setting.
     */
    name: string;
    /**
     * Value of the setting, passed on as it is written. For passwords and tokens use secretKeyRef.
     */
    value?: {
      [k: string]: unknown;
    };
    /**
     * Takes the value from a Secret of the namespace.
     */
    secretKeyRef?: {
      /**
       * Name of the Secret.
       */
      name: string;
      /**
       * Key inside the Secret.
       */
      key: string;
    };
  }[];
  /**
   * Go on when the component cannot be initialised.
   */
  ignoreErrors?: boolean;
  /**
   * How long its initialisation may take, as a Go duration.
   */
  initTimeout?: string;
}
/**
 * A KEDA trigger.
 */
export interface Trigger {
  /**
   * Type of the KEDA scaler.
   */
  type: string;
  /**
   * Settings of the scaler as KEDA documents them for its type.
   */
  metadata: {
    [k: string]: string;
  };
  /**
   * Name of the trigger.
   */
  name?: string;
  /**
   * How the metric is read. Since OpenFunction 1.2.
   */
  metricType?: 'AverageValue' | 'Value' | 'Utilization';
  /**
   * Use metrics cached during the polling interval. Since OpenFunction 1.2.
   */
  useCachedMetrics?: boolean;
  /**
   * Credentials for the scaler.
   */
  authenticationRef?: {
    /**
     * Name of the object.
     */
    name: string;
    /**
     * Kind of the object.
     */
    kind?: 'TriggerAuthentication' | 'ClusterTriggerAuthentication';
  };
  /**
   * Replicas to run when the trigger cannot be read. Up to OpenFunction 1.1.
   */
  fallback?: number;
  /**
   * What the trigger scales.
   */
  targetKind?: 'object' | 'job';
}
/**
 * How far the function scales.
 */
export interface ScaleOptions {
  /**
   * Fewest replicas; 0 lets the function scale to zero.
   */
  minReplicas?: number;
  /**
   * Most replicas; 10 when left out.
   */
  maxReplicas?: number;
  /**
   * Autoscaling annotations of Knative, for the knative runtime.
   */
  knative?: {
    [k: string]: string;
  };
  /**
   * Scaling by KEDA, for the async runtime.
   */
  keda?: {
    /**
     * Scales a Deployment or StatefulSet.
     */
    scaledObject?: {
      /**
       * Kind of workload that runs the function.
       */
      workloadType?: 'Deployment' | 'StatefulSet';
      /**
       * Seconds between looks at the triggers.
       */
      pollingInterval?: number;
      /**
       * Seconds without events before scaling to zero.
       */
      cooldownPeriod?: number;
      /**
       * Fewest replicas.
       */
      minReplicaCount?: number;
      /**
       * Most replicas.
       */
      maxReplicaCount?: number;
      /**
       * Settings of the HorizontalPodAutoscaler behind KEDA.
       */
      advanced?: {
        /**
         * Restore the replica count when the scaler is deleted.
         */
        restoreToOriginalReplicaCount?: boolean;
        /**
         * Behaviour of the autoscaler.
         */
        horizontalPodAutoscalerConfig?: {
          /**
           * Name of the autoscaler. Since OpenFunction 1.2.
           */
          name?: string;
          /**
           * How fast it scales.
           */
          behavior?: {
            scaleUp?: ScalingRules;
            scaleDown?: ScalingRules;
          };
        };
      };
    };
    /**
     * Runs a Job for each batch of events.
     */
    scaledJob?: {
      /**
       * What happens when a container of the Job ends.
       */
      restartPolicy?: 'Always' | 'OnFailure' | 'Never';
      /**
       * Seconds between looks at the triggers.
       */
      pollingInterval?: number;
      /**
       * How many finished Jobs are kept.
       */
      successfulJobsHistoryLimit?: number;
      /**
       * How many failed Jobs are kept.
       */
      failedJobsHistoryLimit?: number;
      /**
       * Most Jobs at once.
       */
      maxReplicaCount?: number;
      /**
       * How the number of Jobs is computed.
       */
      scalingStrategy?: {
        /**
         * Name of the strategy.
         */
        strategy?: 'default' | 'custom' | 'accurate';
        /**
         * Deducted from the queue length, for the custom strategy.
         */
        customScalingQueueLengthDeduction?: number;
        /**
         * Share of running Jobs that is deducted, for the custom strategy.
         */
        customScalingRunningJobPercentage?: string;
        /**
         * Pod conditions that count as no longer pending.
         */
        pendingPodConditions?: string[];
        /**
         * How several triggers are combined. Since OpenFunction 1.2.
         */
        multipleScalersCalculation?: 'max' | 'min' | 'avg' | 'sum';
      };
    };
  };
}
/**
 * Rules for scaling in one direction.
 */
export interface ScalingRules {
  /**
   * Seconds of past recommendations that are considered.
   */
  stabilizationWindowSeconds?: number;
  /**
   * Which of the policies counts.
   */
  selectPolicy?: 'Max' | 'Min' | 'Disabled';
  /**
   * How many replicas may change in a period.
   */
  policies?: {
    /**
     * Unit of the value.
     */
    type: 'Pods' | 'Percent';
    /**
     * How many.
     */
    value: number;
    /**
     * Length of the period in seconds.
     */
    periodSeconds: number;
  }[];
}
/**
 * The pod that runs the function: a Kubernetes PodSpec. Its container "function" runs the image.
 */
export interface PodTemplate {
  /**
   * Containers of the pod. Configure the function in the one called "function"; others run beside it.
   */
  containers: Container[];
  /**
   * Containers that run to their end before the function starts.
   */
  initContainers?: Container[];
  /**
   * Volumes that containers can mount.
   */
  volumes?: Volume[];
  /**
   * Secrets with registry logins. imageCredentials is added by OpenFunction.
   */
  imagePullSecrets?: ObjectName[];
  /**
   * Service account of the pod.
   */
  serviceAccountName?: string;
  /**
   * Old name of serviceAccountName.
   */
  serviceAccount?: string;
  /**
   * Give the containers a token of the service account.
   */
  automountServiceAccountToken?: boolean;
  /**
   * Labels that the node must have.
   */
  nodeSelector?: {
    [k: string]: string;
  };
  /**
   * Node to run on, past the scheduler.
   */
  nodeName?: string;
  /**
   * Taints of nodes that the pod puts up with.
   */
  tolerations?: {
    /**
     * Key of the taint.
     */
    key?: string;
    /**
     * How the value is compared.
     */
    operator?: 'Exists' | 'Equal';
    /**
     * Value of the taint.
     */
    value?: string;
    /**
     * Effect of the taint.
     */
    effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
    /**
     * Seconds the pod may stay.
     */
    tolerationSeconds?: number;
  }[];
  /**
   * Rules for the choice of the node.
   */
  affinity?: {
    /**
     * Rules about the node.
     */
    nodeAffinity?: {
      /**
       * Rules that must hold.
       */
      requiredDuringSchedulingIgnoredDuringExecution?: {
        /**
         * Alternatives; one must hold.
         */
        nodeSelectorTerms: NodeSelectorTerm[];
      };
      /**
       * Rules that should hold.
       */
      preferredDuringSchedulingIgnoredDuringExecution?: {
        /**
         * Weight from 1 to 100.
         */
        weight: number;
        preference: NodeSelectorTerm;
      }[];
    };
    podAffinity?: PodAffinity;
    podAntiAffinity?: PodAffinity;
  };
  /**
   * How replicas spread over nodes and zones.
   */
  topologySpreadConstraints?: {
    /**
     * Node label to spread over.
     */
    topologyKey: string;
    /**
     * Largest difference between two values.
     */
    maxSkew: number;
    /**
     * What to do when it cannot hold.
     */
    whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway';
    labelSelector?: LabelSelector;
    /**
     * Fewest values.
     */
    minDomains?: number;
    /**
     * Pod labels that separate groups.
     */
    matchLabelKeys?: string[];
    /**
     * How node affinity counts.
     */
    nodeAffinityPolicy?: 'Honor' | 'Ignore';
    /**
     * How taints count.
     */
    nodeTaintsPolicy?: 'Honor' | 'Ignore';
  }[];
  /**
   * Priority class of the pod.
   */
  priorityClassName?: string;
  /**
   * Priority of the pod; normally set from its class.
   */
  priority?: number;
  /**
   * Whether the pod may displace others.
   */
  preemptionPolicy?: 'PreemptLowerPriority' | 'Never';
  /**
   * Runtime class of the pod.
   */
  runtimeClassName?: string;
  /**
   * Scheduler to use.
   */
  schedulerName?: string;
  /**
   * When containers are started again.
   */
  restartPolicy?: 'Always' | 'OnFailure' | 'Never';
  /**
   * Seconds the pod gets to stop.
   */
  terminationGracePeriodSeconds?: number;
  /**
   * Seconds the pod may run.
   */
  activeDeadlineSeconds?: number;
  /**
   * Permissions of the pod.
   */
  securityContext?: {
    /**
     * User ID of the programs.
     */
    runAsUser?: number;
    /**
     * Group ID of the programs.
     */
    runAsGroup?: number;
    /**
     * Refuse to run as root.
     */
    runAsNonRoot?: boolean;
    /**
     * Group that owns the volumes.
     */
    fsGroup?: number;
    /**
     * When the owner of volumes is changed.
     */
    fsGroupChangePolicy?: 'OnRootMismatch' | 'Always';
    /**
     * Further groups of the programs.
     */
    supplementalGroups?: number[];
    /**
     * Kernel settings of the pod.
     */
    sysctls?: {
      /**
       * Name of the setting.
       */
      name: string;
      /**
       * Value of the setting.
       */
      value: string;
    }[];
    seLinuxOptions?: SeLinuxOptions;
    seccompProfile?: SeccompProfile;
    windowsOptions?: WindowsOptions;
  };
  /**
   * Host name of the pod.
   */
  hostname?: string;
  /**
   * Subdomain of the pod.
   */
  subdomain?: string;
  /**
   * Use the full name as host name.
   */
  setHostnameAsFQDN?: boolean;
  /**
   * Entries for /etc/hosts.
   */
  hostAliases?: {
    /**
     * Address.
     */
    ip?: string;
    /**
     * Names of the address.
     */
    hostnames?: string[];
  }[];
  /**
   * How names are looked up.
   */
  dnsPolicy?: 'ClusterFirst' | 'ClusterFirstWithHostNet' | 'Default' | 'None';
  /**
   * Settings of the name look-up.
   */
  dnsConfig?: {
    /**
     * Addresses of name servers.
     */
    nameservers?: string[];
    /**
     * Domains to search.
     */
    searches?: string[];
    /**
     * Options of the resolver.
     */
    options?: {
      /**
       * Name of the option.
       */
      name?: string;
      /**
       * Value of the option.
       */
      value?: string;
    }[];
  };
  /**
   * Give the containers variables for all Services.
   */
  enableServiceLinks?: boolean;
  /**
   * Use the network of the node.
   */
  hostNetwork?: boolean;
  /**
   * See the processes of the node.
   */
  hostPID?: boolean;
  /**
   * Share memory with the node.
   */
  hostIPC?: boolean;
  /**
   * Use the users of the node.
   */
  hostUsers?: boolean;
  /**
   * Let the containers see each other's processes.
   */
  shareProcessNamespace?: boolean;
  /**
   * Operating system of the pod.
   */
  os?: {
    /**
     * Name of the system.
     */
    name: 'linux' | 'windows';
  };
  /**
   * Resources that the runtime itself needs; normally set by the cluster.
   */
  overhead?: {
    [k: string]: Quantity;
  };
  /**
   * Further conditions for being ready.
   */
  readinessGates?: {
    /**
     * Name of the condition.
     */
    conditionType: string;
  }[];
  /**
   * Conditions before the pod is scheduled.
   */
  schedulingGates?: {
    /**
     * Name of the condition.
     */
    name: string;
  }[];
  /**
   * Dynamic resources of the pod.
   */
  resourceClaims?: {
    /**
     * Name of the claim.
     */
    name: string;
    /**
     * Where the claim comes from.
     */
    source?: {
      /**
       * Name of a ResourceClaim.
       */
      resourceClaimName?: string;
      /**
       * Name of a ResourceClaimTemplate.
       */
      resourceClaimTemplateName?: string;
    };
  }[];
}
/**
 * A container of the pod.
 */
export interface Container {
  /**
   * Name of the container. The one called "function" runs the function; OpenFunction sets its image, port and environment.
   */
  name: string;
  /**
   * Image to run. Leave it out for the container "function".
   */
  image?: string;
  /**
   * When the image is pulled.
   */
  imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
  /**
   * Program to run instead of the entrypoint of the image.
   */
  command?: string[];
  /**
   * Arguments of the program.
   */
  args?: string[];
  /**
   * Working folder of the program.
   */
  workingDir?: string;
  /**
   * Environment variables. Plain values are simpler in serving.params.
   */
  env?: EnvironmentVariable[];
  /**
   * Takes whole ConfigMaps or Secrets as environment variables.
   */
  envFrom?: {
    /**
     * Put before each name.
     */
    prefix?: string;
    /**
     * A ConfigMap.
     */
    configMapRef?: {
      /**
       * Name of the object.
       */
      name?: string;
      /**
       * Go on when it is missing.
       */
      optional?: boolean;
    };
    /**
     * A Secret.
     */
    secretRef?: {
      /**
       * Name of the object.
       */
      name?: string;
      /**
       * Go on when it is missing.
       */
      optional?: boolean;
    };
  }[];
  /**
   * Ports of the container. OpenFunction adds the port of the container "function" itself.
   */
  ports?: {
    /**
     * Name of the port.
     */
    name?: string;
    /**
     * Number of the port.
     */
    containerPort: number;
    /**
     * Protocol of the port.
     */
    protocol?: 'TCP' | 'UDP' | 'SCTP';
    /**
     * Port of the node.
     */
    hostPort?: number;
    /**
     * Address of the node.
     */
    hostIP?: string;
  }[];
  /**
   * What the container may use and what it is promised.
   */
  resources?: {
    /**
     * Most it may use.
     */
    limits?: {
      [k: string]: Quantity;
    };
    /**
     * What it is promised.
     */
    requests?: {
      [k: string]: Quantity;
    };
    /**
     * Dynamic resources that it uses.
     */
    claims?: {
      /**
       * Name of the claim in the pod.
       */
      name: string;
    }[];
  };
  /**
   * Volumes that the container sees.
   */
  volumeMounts?: {
    /**
     * Name of the volume.
     */
    name: string;
    /**
     * Folder inside the container.
     */
    mountPath: string;
    /**
     * Folder or file inside the volume.
     */
    subPath?: string;
    /**
     * The same with environment variables.
     */
    subPathExpr?: string;
    /**
     * Mount without permission to write.
     */
    readOnly?: boolean;
    /**
     * How later mounts spread.
     */
    mountPropagation?: 'None' | 'HostToContainer' | 'Bidirectional';
  }[];
  /**
   * Block devices that the container sees.
   */
  volumeDevices?: {
    /**
     * Name of the volume.
     */
    name: string;
    /**
     * Path inside the container.
     */
    devicePath: string;
  }[];
  livenessProbe?: Probe;
  readinessProbe?: Probe;
  startupProbe?: Probe;
  /**
   * Hooks of the container.
   */
  lifecycle?: {
    postStart?: LifecycleHandler;
    preStop?: LifecycleHandler;
  };
  /**
   * Permissions of the container.
   */
  securityContext?: {
    /**
     * User ID of the program.
     */
    runAsUser?: number;
    /**
     * Group ID of the program.
     */
    runAsGroup?: number;
    /**
     * Refuse to run as root.
     */
    runAsNonRoot?: boolean;
    /**
     * Mount the image without permission to write.
     */
    readOnlyRootFilesystem?: boolean;
    /**
     * Allow more privileges than the parent process has.
     */
    allowPrivilegeEscalation?: boolean;
    /**
     * Run with all privileges of the node.
     */
    privileged?: boolean;
    /**
     * How /proc is mounted.
     */
    procMount?: string;
    /**
     * Linux capabilities.
     */
    capabilities?: {
      /**
       * Capabilities to add.
       */
      add?: string[];
      /**
       * Capabilities to take away.
       */
      drop?: string[];
    };
    seLinuxOptions?: SeLinuxOptions;
    seccompProfile?: SeccompProfile;
    windowsOptions?: WindowsOptions;
  };
  /**
   * File with the last words of the program.
   */
  terminationMessagePath?: string;
  /**
   * Where the last words are taken from.
   */
  terminationMessagePolicy?: 'File' | 'FallbackToLogsOnError';
  /**
   * Keep standard input open.
   */
  stdin?: boolean;
  /**
   * Close standard input after the first session.
   */
  stdinOnce?: boolean;
  /**
   * Give the program a terminal.
   */
  tty?: boolean;
}
/**
 * An environment variable.
 */
export interface EnvironmentVariable {
  /**
   * Name of the variable.
   */
  name: string;
  /**
   * Value of the variable.
   */
  value?: string;
  /**
   * Takes the value from somewhere else.
   */
  valueFrom?: {
    secretKeyRef?: KeySelector;
    configMapKeyRef?: KeySelector;
    fieldRef?: FieldSelector;
    resourceFieldRef?: ResourceFieldSelector;
  };
}
/**
 * One key of a ConfigMap or Secret.
 */
export interface KeySelector {
  /**
   * Name of the object.
   */
  name?: string;
  /**
   * Key inside the object.
   */
  key: string;
  /**
   * Go on when the object or key is missing.
   */
  optional?: boolean;
}
/**
 * A field of the pod.
 */
export interface FieldSelector {
  /**
   * Path of the field.
   */
  fieldPath: string;
  /**
   * API version of the path.
   */
  apiVersion?: string;
}
/**
 * A resource of a container.
 */
export interface ResourceFieldSelector {
  /**
   * Name of the resource.
   */
  resource: string;
  /**
   * Name of the container.
   */
  containerName?: string;
  divisor?: Quantity;
}
/**
 * A check of a container.
 */
export interface Probe {
  /**
   * Runs a command in the container.
   */
  exec?: {
    /**
     * Program and arguments; no shell is used.
     */
    command?: string[];
  };
  httpGet?: HttpGet;
  tcpSocket?: TcpSocket;
  /**
   * Calls the gRPC health service.
   */
  grpc?: {
    /**
     * Port of the service.
     */
    port: number;
    /**
     * Name of the service to ask for.
     */
    service?: string;
  };
  /**
   * Seconds before the first check.
   */
  initialDelaySeconds?: number;
  /**
   * Seconds between checks.
   */
  periodSeconds?: number;
  /**
   * Seconds until a check counts as failed.
   */
  timeoutSeconds?: number;
  /**
   * Successes in a row that make the container healthy again.
   */
  successThreshold?: number;
  /**
   * Failures in a row that make it unhealthy.
   */
  failureThreshold?: number;
  /**
   * Seconds the container gets to stop after a failed check.
   */
  terminationGracePeriodSeconds?: number;
}
/**
 * An HTTP GET request to the container.
 */
export interface HttpGet {
  /**
   * Path to ask for.
   */
  path?: string;
  /**
   * Number or name of the port.
   */
  port: number | string;
  /**
   * Host to connect to; the pod itself when left out.
   */
  host?: string;
  /**
   * Scheme of the request.
   */
  scheme?: 'HTTP' | 'HTTPS';
  /**
   * Headers of the request.
   */
  httpHeaders?: {
    /**
     * Name of the header.
     */
    name: string;
    /**
     * Value of the header.
     */
    value: string;
  }[];
}
/**
 * A TCP connection to the container.
 */
export interface TcpSocket {
  /**
   * Number or name of the port.
   */
  port: number | string;
  /**
   * Host to connect to; the pod itself when left out.
   */
  host?: string;
}
/**
 * What to run at a point in the life of a container.
 */
export interface LifecycleHandler {
  /**
   * Runs a command in the container.
   */
  exec?: {
    /**
     * Program and arguments; no shell is used.
     */
    command?: string[];
  };
  httpGet?: HttpGet;
  tcpSocket?: TcpSocket;
}
/**
 * SELinux context.
 */
export interface SeLinuxOptions {
  /**
   * Level of the context.
   */
  level?: string;
  /**
   * Role of the context.
   */
  role?: string;
  /**
   * Type of the context.
   */
  type?: string;
  /**
   * User of the context.
   */
  user?: string;
}
/**
 * Seccomp profile.
 */
export interface SeccompProfile {
  /**
   * Kind of the profile.
   */
  type: 'Localhost' | 'RuntimeDefault' | 'Unconfined';
  /**
   * File of a local profile.
   */
  localhostProfile?: string;
}
/**
 * Settings for Windows containers.
 */
export interface WindowsOptions {
  /**
   * Contents of the credential spec.
   */
  gmsaCredentialSpec?: string;
  /**
   * Name of the credential spec.
   */
  gmsaCredentialSpecName?: string;
  /**
   * Run as a host process.
   */
  hostProcess?: boolean;
  /**
   * User to run as.
   */
  runAsUserName?: string;
}
/**
 * A volume of the pod.
 */
export interface Volume {
  /**
   * Name of the volume; volumeMounts refer to it.
   */
  name: string;
  /**
   * Files from a ConfigMap.
   */
  configMap?: {
    /**
     * Name of the object.
     */
    name?: string;
    /**
     * Keys to show, each as a file; all when left out.
     */
    items?: {
      /**
       * Key inside the object.
       */
      key: string;
      /**
       * Name of the file.
       */
      path: string;
      /**
       * Permissions of the file.
       */
      mode?: number;
    }[];
    /**
     * Go on when it is missing.
     */
    optional?: boolean;
    /**
     * Permissions of the files.
     */
    defaultMode?: number;
  };
  /**
   * Files from a Secret.
   */
  secret?: {
    /**
     * Name of the object.
     */
    secretName?: string;
    /**
     * Keys to show, each as a file; all when left out.
     */
    items?: {
      /**
       * Key inside the object.
       */
      key: string;
      /**
       * Name of the file.
       */
      path: string;
      /**
       * Permissions of the file.
       */
      mode?: number;
    }[];
    /**
     * Go on when it is missing.
     */
    optional?: boolean;
    /**
     * Permissions of the files.
     */
    defaultMode?: number;
  };
  /**
   * An empty folder that lives as long as the pod.
   */
  emptyDir?: {
    /**
     * "Memory" keeps it in memory.
     */
    medium?: '' | 'Memory';
    sizeLimit?: Quantity;
  };
  /**
   * A volume that outlives the pod.
   */
  persistentVolumeClaim?: {
    /**
     * Name of the claim.
     */
    claimName: string;
    /**
     * Mount without permission to write.
     */
    readOnly?: boolean;
  };
  /**
   * Several sources in one folder.
   */
  projected?: {
    /**
     * Permissions of the files.
     */
    defaultMode?: number;
    /**
     * The sources.
     */
    sources?: {
      /**
       * Files from a ConfigMap.
       */
      configMap?: {
        /**
         * Name of the object.
         */
        name?: string;
        /**
         * Keys to show, each as a file; all when left out.
         */
        items?: {
          /**
           * Key inside the object.
           */
          key: string;
          /**
           * Name of the file.
           */
          path: string;
          /**
           * Permissions of the file.
           */
          mode?: number;
        }[];
        /**
         * Go on when it is missing.
         */
        optional?: boolean;
      };
      /**
       * Files from a Secret.
       */
      secret?: {
        /**
         * Name of the object.
         */
        name?: string;
        /**
         * Keys to show, each as a file; all when left out.
         */
        items?: {
          /**
           * Key inside the object.
           */
          key: string;
          /**
           * Name of the file.
           */
          path: string;
          /**
           * Permissions of the file.
           */
          mode?: number;
        }[];
        /**
         * Go on when it is missing.
         */
        optional?: boolean;
      };
      /**
       * Files with facts about the pod.
       */
      downwardAPI?: {
        /**
         * Files with facts about the pod.
         */
        items?: {
          /**
           * Name of the file.
           */
          path: string;
          fieldRef?: FieldSelector;
          resourceFieldRef?: ResourceFieldSelector;
          /**
           * Permissions of the file.
           */
          mode?: number;
        }[];
      };
      /**
       * A token of the service account.
       */
      serviceAccountToken?: {
        /**
         * Name of the file.
         */
        path: string;
        /**
         * Who the token is for.
         */
        audience?: string;
        /**
         * Seconds until it is renewed.
         */
        expirationSeconds?: number;
      };
    }[];
  };
  /**
   * Files with facts about the pod.
   */
  downwardAPI?: {
    /**
     * Files with facts about the pod.
     */
    items?: {
      /**
       * Name of the file.
       */
      path: string;
      fieldRef?: FieldSelector;
      resourceFieldRef?: ResourceFieldSelector;
      /**
       * Permissions of the file.
       */
      mode?: number;
    }[];
    /**
     * Permissions of the files.
     */
    defaultMode?: number;
  };
  /**
   * A file or folder of the node.
   */
  hostPath?: {
    /**
     * Path on the node.
     */
    path: string;
    /**
     * What must be there.
     */
    type?: '' | 'DirectoryOrCreate' | 'Directory' | 'FileOrCreate' | 'File' | 'Socket' | 'CharDevice' | 'BlockDevice';
  };
  /**
   * An NFS share.
   */
  nfs?: {
    /**
     * Address of the server.
     */
    server: string;
    /**
     * Path of the share.
     */
    path: string;
    /**
     * Mount without permission to write.
     */
    readOnly?: boolean;
  };
  /**
   * A volume of a CSI driver.
   */
  csi?: {
    /**
     * Name of the driver.
     */
    driver: string;
    /**
     * File system.
     */
    fsType?: string;
    /**
     * Mount without permission to write.
     */
    readOnly?: boolean;
    /**
     * Settings of the driver.
     */
    volumeAttributes?: {
      [k: string]: string;
    };
    nodePublishSecretRef?: ObjectName;
  };
  /**
   * A volume made for this pod.
   */
  ephemeral?: {
    /**
     * The PersistentVolumeClaim to make: metadata and spec, as in the Kubernetes API.
     */
    volumeClaimTemplate?: {
      [k: string]: unknown;
    };
  };
  /**
   * A AWS EBS volume; its fields are those of the Kubernetes API.
   */
  awsElasticBlockStore?: {
    [k: string]: unknown;
  };
  /**
   * A Azure Disk volume; its fields are those of the Kubernetes API.
   */
  azureDisk?: {
    [k: string]: unknown;
  };
  /**
   * A Azure File volume; its fields are those of the Kubernetes API.
   */
  azureFile?: {
    [k: string]: unknown;
  };
  /**
   * A CephFS volume; its fields are those of the Kubernetes API.
   */
  cephfs?: {
    [k: string]: unknown;
  };
  /**
   * A OpenStack Cinder volume; its fields are those of the Kubernetes API.
   */
  cinder?: {
    [k: string]: unknown;
  };
  /**
   * A Fibre Channel volume; its fields are those of the Kubernetes API.
   */
  fc?: {
    [k: string]: unknown;
  };
  /**
   * A FlexVolume volume; its fields are those of the Kubernetes API.
   */
  flexVolume?: {
    [k: string]: unknown;
  };
  /**
   * A Flocker volume; its fields are those of the Kubernetes API.
   */
  flocker?: {
    [k: string]: unknown;
  };
  /**
   * A Google Persistent Disk volume; its fields are those of the Kubernetes API.
   */
  gcePersistentDisk?: {
    [k: string]: unknown;
  };
  /**
   * A Git repository volume; its fields are those of the Kubernetes API.
   */
  gitRepo?: {
    [k: string]: unknown;
  };
  /**
   * A GlusterFS volume; its fields are those of the Kubernetes API.
   */
  glusterfs?: {
    [k: string]: unknown;
  };
  /**
   * A iSCSI volume; its fields are those of the Kubernetes API.
   */
  iscsi?: {
    [k: string]: unknown;
  };
  /**
   * A Photon volume; its fields are those of the Kubernetes API.
   */
  photonPersistentDisk?: {
    [k: string]: unknown;
  };
  /**
   * A Portworx volume; its fields are those of the Kubernetes API.
   */
  portworxVolume?: {
    [k: string]: unknown;
  };
  /**
   * A Quobyte volume; its fields are those of the Kubernetes API.
   */
  quobyte?: {
    [k: string]: unknown;
  };
  /**
   * A Ceph RBD volume; its fields are those of the Kubernetes API.
   */
  rbd?: {
    [k: string]: unknown;
  };
  /**
   * A ScaleIO volume; its fields are those of the Kubernetes API.
   */
  scaleIO?: {
    [k: string]: unknown;
  };
  /**
   * A StorageOS volume; its fields are those of the Kubernetes API.
   */
  storageos?: {
    [k: string]: unknown;
  };
  /**
   * A vSphere volume; its fields are those of the Kubernetes API.
   */
  vsphereVolume?: {
    [k: string]: unknown;
  };
}
/**
 * Requirements for a node; all must hold.
 */
export interface NodeSelectorTerm {
  /**
   * Requirements for its labels.
   */
  matchExpressions?: {
    /**
     * Key of the label or field.
     */
    key: string;
    /**
     * How the values are compared.
     */
    operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';
    /**
     * Values to compare with.
     */
    values?: string[];
  }[];
  /**
   * Requirements for its fields.
   */
  matchFields?: {
    /**
     * Key of the label or field.
     */
    key: string;
    /**
     * How the values are compared.
     */
    operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';
    /**
     * Values to compare with.
     */
    values?: string[];
  }[];
}
/**
 * Rules about other pods.
 */
export interface PodAffinity {
  /**
   * Rules that must hold.
   */
  requiredDuringSchedulingIgnoredDuringExecution?: PodAffinityTerm[];
  /**
   * Rules that should hold.
   */
  preferredDuringSchedulingIgnoredDuringExecution?: {
    /**
     * Weight from 1 to 100.
     */
    weight: number;
    podAffinityTerm: PodAffinityTerm;
  }[];
}
/**
 * Pods that this pod is to be near to, or far from.
 */
export interface PodAffinityTerm {
  /**
   * Node label that says what near means.
   */
  topologyKey: string;
  labelSelector?: LabelSelector;
  /**
   * Namespaces of the pods.
   */
  namespaces?: string[];
  namespaceSelector?: LabelSelector;
}
/**
 * Chooses objects by their labels.
 */
export interface LabelSelector {
  /**
   * Labels with the values they must have.
   */
  matchLabels?: {
    [k: string]: string;
  };
  /**
   * Requirements for the labels.
   */
  matchExpressions?: {
    /**
     * Key of the label.
     */
    key: string;
    /**
     * How the values are compared.
     */
    operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    /**
     * Values to compare with.
     */
    values?: string[];
  }[];
}
/**
 * How the image is built on this machine with Cloud Native Buildpacks, instead of in the cluster.
 */
export interface Pack {
  /**
   * Builder image.
   */
  builder: string;
  /**
   * Folder of the source, relative to the s.yaml.
   */
  path?: string;
  /**
   * Environment variables of the build. FUNC_NAME names the exported function to serve.
   */
  env?: {
    [k: string]: EnvironmentValue;
  };
  /**
   * Buildpacks to use instead of those that the builder finds, in order.
   */
  buildpacks?: string[];
  /**
   * Path of the project descriptor, relative to the s.yaml. Default: project.toml in the source folder, if it is there.
   */
  descriptor?: string;
  /**
   * Push the image to its registry. Its digest is then what is deployed.
   */
  publish?: boolean;
  /**
   * Platform to build for; the default is that of the builder. The OpenFunction builders are for linux/amd64.
   */
  platform?: string;
  /**
   * Type of the process that the image starts.
   */
  defaultProcess?: string;
  /**
   * Let the builder see the credentials of the registry, which makes builds faster.
   */
  trustBuilder?: boolean;
  /**
   * Image in a registry that keeps the layers of earlier builds, for machines that forget them, as in CI. Needs publish.
   */
  cacheImage?: string;
  /**
   * Folders of this machine for the build containers, as HOST:CONTAINER[:OPTIONS]. A relative one starts from the folder of the s.yaml.
   */
  volumes?: string[];
  /**
   * Docker network of the build containers.
   */
  network?: string;
  /**
   * Further arguments of pack build, as they are.
   */
  args?: string[];
  /**
   * The pack command: a name on the PATH, or a path relative to the s.yaml. Default: pack.
   */
  command?: string;
}
/**
 * An OpenFunction Function: where it goes, its metadata, and its spec of core.openfunction.io/v1beta2.
 */
export interface PropsV1Beta2 {
  /**
   * Path of the kubeconfig file. Default: the files of the KUBECONFIG variable, else ~/.kube/config, else the service account of the pod.
   */
  kubeconfig?: string;
  /**
   * Context of the kubeconfig. Default: its current context.
   */
  context?: string;
  /**
   * Namespace of the function. Default: the namespace of the context, else "default".
   */
  namespace?: string;
  /**
   * Create the namespace when it does not exist.
   */
  createNamespace?: boolean;
  /**
   * Name of the function: lower-case letters, digits and "-", starting with a letter. Default: the name of the resource.
   */
  name?: string;
  /**
   * API version in which the function is applied. "auto" is v1beta1, which every release has, unless something of the function would be lost in a cluster with v1beta2. With core.openfunction.io/v1beta2 the props follow the spec of that version.
   */
  apiVersion?: 'auto' | 'core.openfunction.io/v1beta1' | 'core.openfunction.io/v1beta2';
  /**
   * Labels of the Function.
   */
  labels?: {
    [k: string]: string;
  };
  /**
   * Annotations of the Function. OpenFunction reads "plugins" and "plugins.tracing".
   */
  annotations?: {
    [k: string]: string;
  };
  /**
   * Version of the function.
   */
  version?: string;
  /**
   * Image of the function: what a build produces and what serving runs.
   */
  image?: string;
  imageCredentials?: ImageCredentials;
  /**
   * OCIContainer (default) or WasmEdge.
   */
  workloadRuntime?: string;
  build?: BuildV1Beta2;
  serving?: ServingV1Beta2;
  pack?: Pack;
  /**
   * Path of a Function manifest, relative to the s.yaml, instead of all properties of the function here.
   */
  manifest?: string;
}
/**
 * Builds the image in the cluster, from source in a Git repository, a source image or a folder of this machine. Use "pack" instead to build on this machine.
 */
export interface BuildV1Beta2 {
  /**
   * Builder image of Cloud Native Buildpacks; for a Dockerfile strategy, the image of the tool that builds.
   */
  builder?: string;
  builderCredentials?: ObjectName;
  /**
   * Environment variables of the build. FUNC_NAME names the exported function to serve.
   */
  env?: {
    [k: string]: EnvironmentValue;
  };
  /**
   * Path of the Dockerfile in the source, for strategies that build one.
   */
  dockerfile?: string;
  /**
   * Folder of the source on this machine, relative to the s.yaml, instead of a Git repository: it is pushed to the registry as a source image, and built in the cluster. Since OpenFunction 1.0.
   */
  source?: string;
  /**
   * Where the source is.
   */
  srcRepo?: {
    /**
     * Address of the Git repository.
     */
    url?: string;
    /**
     * A container image that holds the source, instead of a Git repository. Since OpenFunction 1.0. With "source", where that is pushed to.
     */
    bundleContainer?: {
      /**
       * Name of the source image.
       */
      image: string;
    };
    /**
     * Branch, tag or commit to build. A commit makes the build repeatable.
     */
    revision?: string;
    /**
     * Folder of the source inside the repository.
     */
    sourceSubPath?: string;
    credentials?: ObjectName;
  };
  /**
   * How Shipwright runs the build.
   */
  shipwright?: {
    /**
     * The build strategy.
     */
    strategy?: {
      /**
       * Name of the strategy.
       */
      name: string;
      /**
       * ClusterBuildStrategy for a strategy of the whole cluster (assumed when left out), BuildStrategy for one of the namespace.
       */
      kind?: 'BuildStrategy' | 'ClusterBuildStrategy';
    };
    /**
     * Limit of the build as a Go duration.
     */
    timeout?: string;
    /**
     * Parameters of the build strategy.
     */
    params?: {
      /**
       * Name of the parameter.
       */
      name: string;
      /**
       * Value of the parameter.
       */
      value?: string;
      /**
       * Takes the value from a ConfigMap of the namespace.
       */
      configMapValue?: {
        /**
         * Name of the object.
         */
        name: string;
        /**
         * Key inside of it.
         */
        key: string;
        /**
         * Text with ${CONFIGMAP_VALUE} or ${SECRET_VALUE}, in whose place the value is put.
         */
        format?: string;
      };
      /**
       * Takes the value from a Secret of the namespace.
       */
      secretValue?: {
        /**
         * Name of the object.
         */
        name: string;
        /**
         * Key inside of it.
         */
        key: string;
        /**
         * Text with ${CONFIGMAP_VALUE} or ${SECRET_VALUE}, in whose place the value is put.
         */
        format?: string;
      };
      /**
       * Values of a parameter that is a list.
       */
      values?: {
        /**
         * Value of the parameter.
         */
        value?: string;
        /**
         * Takes the value from a ConfigMap of the namespace.
         */
        configMapValue?: {
          /**
           * Name of the object.
           */
          name: string;
          /**
           * Key inside of it.
           */
          key: string;
          /**
           * Text with ${CONFIGMAP_VALUE} or ${SECRET_VALUE}, in whose place the value is put.
           */
          format?: string;
        };
        /**
         * Takes the value from a Secret of the namespace.
         */
        secretValue?: {
          /**
           * Name of the object.
           */
          name: string;
          /**
           * Key inside of it.
           */
          key: string;
          /**
           * Text with ${CONFIGMAP_VALUE} or ${SECRET_VALUE}, in whose place the value is put.
           */
          format?: string;
        };
      }[];
    }[];
  };
  /**
   * How long the build may take, as a Go duration, counted from its start.
   */
  timeout?: string;
  /**
   * How many successful builds are kept with their logs. OpenFunction keeps 0.
   */
  successfulBuildsHistoryLimit?: number;
  /**
   * How many failed builds are kept. OpenFunction keeps 1; 0 repeats a failing build for ever.
   */
  failedBuildsHistoryLimit?: number;
  /**
   * Finished builds older than this Go duration are deleted.
   */
  builderMaxAge?: string;
}
/**
 * Runs the image as a function.
 */
export interface ServingV1Beta2 {
  /**
   * Environment variables of the function. FUNCTION_TARGET names the exported function to run.
   */
  params?: {
    [k: string]: EnvironmentValue;
  };
  /**
   * Targets that the function can send to.
   */
  outputs?: FunctionOutputV1Beta2[];
  /**
   * Dapr binding components by the name that triggers and outputs use.
   */
  bindings?: {
    [k: string]: DaprComponent;
  };
  /**
   * Dapr pub/sub components by the name that triggers and outputs use.
   */
  pubsub?: {
    [k: string]: DaprComponent;
  };
  /**
   * Dapr state stores by name.
   */
  states?: {
    [k: string]: StateStoreV1Beta2;
  };
  triggers?: TriggersV1Beta2;
  scaleOptions?: ScaleOptionsV1Beta2;
  template?: PodTemplate;
  /**
   * Labels of the pods.
   */
  labels?: {
    [k: string]: string;
  };
  /**
   * Annotations of the pods. Node functions that Dapr calls need dapr.io/app-protocol: http.
   */
  annotations?: {
    [k: string]: string;
  };
  /**
   * How long the function may take to start, as a Go duration.
   */
  timeout?: string;
  /**
   * Kind of workload that runs a function with Dapr triggers. Deployment when left out.
   */
  workloadType?: 'Deployment' | 'StatefulSet' | 'Job';
  /**
   * Plugins around the function.
   */
  hooks?: {
    /**
     * Plugins that run before it.
     */
    pre?: string[];
    /**
     * Plugins that run after it.
     */
    post?: string[];
    /**
     * Whether they come besides the plugins of the whole cluster, or instead of them.
     */
    policy?: 'Append' | 'Override';
  };
  /**
   * Tracing of the function.
   */
  tracing?: {
    /**
     * Whether it is traced.
     */
    enabled: boolean;
    /**
     * What traces it.
     */
    provider: {
      /**
       * Name of the provider.
       */
      name: string;
      /**
       * Address of the SkyWalking server.
       */
      oapServer?: string;
      /**
       * Where OpenTelemetry sends traces.
       */
      exporter?: {
        /**
         * Name of the exporter.
         */
        name: string;
        /**
         * Address of the receiver.
         */
        endpoint: string;
        /**
         * Headers of each request.
         */
        headers?: string;
        /**
         * Compression.
         */
        compression?: string;
        /**
         * Limit of a request.
         */
        timeout?: string;
        /**
         * Protocol.
         */
        protocol?: string;
      };
    };
    /**
     * Tags of each trace.
     */
    tags?: {
      [k: string]: string;
    };
    /**
     * What is passed on along a trace.
     */
    baggage?: {
      [k: string]: string;
    };
  };
}
/**
 * A target that the function can send to.
 */
export interface FunctionOutputV1Beta2 {
  /**
   * The Dapr component to send through.
   */
  dapr: {
    /**
     * Key of the component under "bindings" or "pubsub", or the name of an existing one.
     */
    name: string;
    /**
     * Type of the component; needed where it is not declared here.
     */
    type?: string;
    /**
     * Topic, for a pub/sub component.
     */
    topic?: string;
    /**
     * Operation of an output binding.
     */
    operation?: string;
    /**
     * Further parameters, passed on with each message.
     */
    metadata?: {
      [k: string]: string;
    };
    /**
     * Name by which the function code knows it. Default: name.
     */
    outputName?: string;
  };
}
/**
 * A Dapr state store.
 */
export interface StateStoreV1Beta2 {
  spec?: DaprComponent;
}
/**
 * What calls the function. Without a Dapr trigger it is HTTP.
 */
export interface TriggersV1Beta2 {
  /**
   * HTTP requests call the function.
   */
  http?: {
    /**
     * Port on which the function listens; 8080 when left out.
     */
    port?: number;
    route?: Route;
    /**
     * What runs the function. Since OpenFunction 1.2.
     */
    engine?: 'knative' | 'keda';
  };
  /**
   * Events that call the function.
   */
  dapr?: DaprTriggerV1Beta2[];
  /**
   * What the function reads besides. Since OpenFunction 1.2.
   */
  inputs?: {
    /**
     * The Dapr component to read from.
     */
    dapr: {
      /**
       * Key of the component under "states", or the name of an existing one.
       */
      name: string;
      /**
       * Type of the component.
       */
      type?: string;
      /**
       * Topic, for a pub/sub component.
       */
      topic?: string;
    };
  }[];
}
/**
 * A Dapr component whose events call the function.
 */
export interface DaprTriggerV1Beta2 {
  /**
   * Key of the component under "bindings" or "pubsub", or the name of an existing one.
   */
  name: string;
  /**
   * Type of the component; needed where it is not declared here.
   */
  type?: string;
  /**
   * Topic, for a pub/sub component.
   */
  topic?: string;
  /**
   * Name by which the function code knows it. Default: name.
   */
  inputName?: string;
}
/**
 * How far the function scales.
 */
export interface ScaleOptionsV1Beta2 {
  /**
   * Fewest replicas; 0 lets the function scale to zero.
   */
  minReplicas?: number;
  /**
   * Most replicas; 10 when left out.
   */
  maxReplicas?: number;
  /**
   * Autoscaling annotations of Knative, for functions that HTTP calls.
   */
  knative?: {
    [k: string]: string;
  };
  /**
   * Scaling by KEDA.
   */
  keda?: {
    /**
     * Scales a Deployment or StatefulSet.
     */
    scaledObject?: {
      /**
       * Seconds between looks at the triggers.
       */
      pollingInterval?: number;
      /**
       * Seconds without events before scaling to zero.
       */
      cooldownPeriod?: number;
      /**
       * Settings of the HorizontalPodAutoscaler behind KEDA.
       */
      advanced?: {
        /**
         * Restore the replica count when the scaler is deleted.
         */
        restoreToOriginalReplicaCount?: boolean;
        /**
         * Behaviour of the autoscaler.
         */
        horizontalPodAutoscalerConfig?: {
          /**
           * Name of the autoscaler. Since OpenFunction 1.2.
           */
          name?: string;
          /**
           * How fast it scales.
           */
          behavior?: {
            scaleUp?: ScalingRules;
            scaleDown?: ScalingRules;
          };
        };
      };
      /**
       * What to do when a trigger cannot be read. Since OpenFunction 1.2.
       */
      fallback?: {
        /**
         * How many failures in a row.
         */
        failureThreshold: number;
        /**
         * How many replicas then run.
         */
        replicas: number;
      };
    };
    /**
     * Runs a Job for each batch of events.
     */
    scaledJob?: {
      /**
       * What happens when a container of the Job ends.
       */
      restartPolicy?: 'Always' | 'OnFailure' | 'Never';
      /**
       * Seconds between looks at the triggers.
       */
      pollingInterval?: number;
      /**
       * How many finished Jobs are kept.
       */
      successfulJobsHistoryLimit?: number;
      /**
       * How many failed Jobs are kept.
       */
      failedJobsHistoryLimit?: number;
      /**
       * How the number of Jobs is computed.
       */
      scalingStrategy?: {
        /**
         * Name of the strategy.
         */
        strategy?: 'default' | 'custom' | 'accurate';
        /**
         * Deducted from the queue length, for the custom strategy.
         */
        customScalingQueueLengthDeduction?: number;
        /**
         * Share of running Jobs that is deducted, for the custom strategy.
         */
        customScalingRunningJobPercentage?: string;
        /**
         * Pod conditions that count as no longer pending.
         */
        pendingPodConditions?: string[];
        /**
         * How several triggers are combined.
         */
        multipleScalersCalculation?: 'max' | 'min' | 'avg' | 'sum';
      };
    };
    /**
     * Scales a function of the HTTP engine "keda". Since OpenFunction 1.2.
     */
    httpScaledObject?: {
      /**
       * Pending requests for each replica.
       */
      targetPendingRequests?: number;
      /**
       * Seconds without requests before scaling to zero.
       */
      cooldownPeriod?: number;
    };
    /**
     * KEDA triggers that scale the function.
     */
    triggers?: TriggerV1Beta2[];
  };
}
/**
 * A KEDA trigger.
 */
export interface TriggerV1Beta2 {
  /**
   * Type of the KEDA scaler.
   */
  type: string;
  /**
   * Settings of the scaler as KEDA documents them for its type.
   */
  metadata: {
    [k: string]: string;
  };
  /**
   * Name of the trigger.
   */
  name?: string;
  /**
   * How the metric is read.
   */
  metricType?: 'AverageValue' | 'Value' | 'Utilization';
  /**
   * Use metrics cached during the polling interval.
   */
  useCachedMetrics?: boolean;
  /**
   * Credentials for the scaler.
   */
  authenticationRef?: {
    /**
     * Name of the object.
     */
    name: string;
    /**
     * Kind of the object.
     */
    kind?: 'TriggerAuthentication' | 'ClusterTriggerAuthentication';
  };
}
