<?php
/**
* Installs WordPress with its own installer and prints, as JSON, its version and the logins for the REST API:
 *
 *     php install.php <folder of the site> <title>
 */

[, $folder, $title] = $argv;
define('WP_INSTALLING', true);
$_SERVER += ['HTTP_HOST' => parse_url(getenv('SITE_URL'), PHP_URL_HOST), 'REQUEST_URI' => '/', 'SERVER_PROTOCOL' => 'HTTP/1.1'];

/** Replaces WordPress' function, which would email the administrator. */
function wp_new_blog_notification() {}

require $folder . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';

wp_install($title, 'admin', 'admin@example.com', true, '', wp_generate_password());
// n8n's nodes use /wp-json/, which requires permalinks.
$wp_rewrite->set_permalink_structure('/%postname%/');
flush_rewrite_rules(false);
update_option('blogdescription', '');
// Deletes the sample post and pages.
foreach (get_posts(['post_type' => ['post', 'page'], 'post_status' => 'any', 'numberposts' => -1]) as $post) {
	wp_delete_post($post->ID, true);
}

/** Creates a user with an application password. @return array the login */
function create_api_user(string $name, string $role): array {
	$user = wp_insert_user([
		'user_login' => $name,
		'user_pass' => wp_generate_password(),
		'user_email' => $name . '@example.com',
		'display_name' => ucfirst($name),
		'role' => $role,
	]);
	if (is_wp_error($user)) throw new Exception($user->get_error_message());
	$created = WP_Application_Passwords::create_new_application_password($user, ['name' => 'n8n']);
	if (is_wp_error($created)) throw new Exception($created->get_error_message());
	return ['user' => $name, 'applicationPassword' => WP_Application_Passwords::chunk_password($created[0])];
}

echo "\n", json_encode([
	'version' => get_bloginfo('version'),
	'author' => create_api_user('ada', 'author'),
	'contributor' => create_api_user('charles', 'contributor'),
]), "\n";
