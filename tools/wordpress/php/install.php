<?php
/**
 * Installs WordPress with its own installer and prints, as JSON, the application password of the author whose name is
 * given:
 *
 *     php install.php <folder of the site> <title> <author>
 */

[, $folder, $title, $author] = $argv;
define('WP_INSTALLING', true);
$_SERVER += ['HTTP_HOST' => parse_url(getenv('SITE_URL'), PHP_URL_HOST), 'REQUEST_URI' => '/', 'SERVER_PROTOCOL' => 'HTTP/1.1'];

/** In place of an e-mail to the administrator. */
function wp_new_blog_notification() {}

require $folder . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';

wp_install($title, 'admin', 'admin@example.com', true, '', wp_generate_password());
// n8n's nodes ask below /wp-json/, which plain permalinks do not have.
$wp_rewrite->set_permalink_structure('/%postname%/');
flush_rewrite_rules(false);
update_option('blogdescription', '');
// The first post and pages that the installer writes.
foreach (get_posts(['post_type' => ['post', 'page'], 'post_status' => 'any', 'numberposts' => -1]) as $post) {
	wp_delete_post($post->ID, true);
}

$user = wp_insert_user([
	'user_login' => $author,
	'user_pass' => wp_generate_password(),
	'user_email' => $author . '@example.com',
	'display_name' => ucfirst($author),
	// No more than what the task needs: to write posts of one's own and to upload files.
	'role' => 'author',
]);
if (is_wp_error($user)) throw new Exception($user->get_error_message());
$created = WP_Application_Passwords::create_new_application_password($user, ['name' => 'n8n']);
if (is_wp_error($created)) throw new Exception($created->get_error_message());

echo "\n", json_encode(['applicationPassword' => WP_Application_Passwords::chunk_password($created[0]), 'version' => get_bloginfo('version')]), "\n";
